import type { Grouping } from '../frame-keys.ts';
import type { FrameKind } from '../profile.ts';
import { topTable } from '../top-table.ts';
import { type FunctionPlace, functionPlace, modulePath } from './function-place.ts';
import type { Measure, QueryModel, View } from './query-model.ts';
import { kindOf } from './table-row.ts';

export interface TopAnswer extends Measure {
  /** How many rows there would be without a limit. */
  readonly rowCount: number;
  readonly rows: readonly TopPlace[];
}

/** A row of a top table; what the grouping doesn't distinguish is empty. */
export interface TopPlace extends FunctionPlace {
  readonly kind: FrameKind;
  readonly self: number;
  readonly total: number;
}

/** Hottest functions, lines, files or modules: highest self first, or highest total first. */
export function top(
  model: QueryModel,
  {
    view,
    by,
    limit = Number.POSITIVE_INFINITY,
    order = 'self',
  }: { view: View; by: Grouping; limit?: number; order?: 'self' | 'total' },
): TopAnswer {
  const viewed = model.viewed(view);
  const { profile, weights, measure } = viewed;
  let rows = topTable(profile, weights, by);
  if (order === 'total') {
    rows = [...rows].sort((a, b) => Math.abs(b.total) - Math.abs(a.total) || Math.abs(b.self) - Math.abs(a.self));
  }
  return {
    ...measure,
    rowCount: rows.length,
    rows: rows.slice(0, limit).map((row) => ({
      ...functionPlace(profile, row.function),
      file: profile.strings[row.file],
      line: row.line,
      module: modulePath(profile, row.module),
      kind: kindOf(viewed, row.function),
      self: row.self,
      total: row.total,
    })),
  };
}
