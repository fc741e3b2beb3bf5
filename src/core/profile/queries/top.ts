import type { Grouping } from '../frame-keys.ts';
import { FRAME_KINDS, type FrameKind, NONE } from '../profile.ts';
import { topTable } from '../top-table.ts';
import { type FunctionPlace, functionPlace, modulePath } from './function-place.ts';
import type { Measure, QueryModel, View } from './query-model.ts';

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
  const { profile, weights, measure } = model.viewed(view);
  let rows = topTable(profile, weights, by);
  if (order === 'total') {
    rows = [...rows].sort((a, b) => Math.abs(b.total) - Math.abs(a.total) || Math.abs(b.self) - Math.abs(a.self));
  }
  const kinds = kindOfFunction(profile);
  return {
    ...measure,
    rowCount: rows.length,
    rows: rows.slice(0, limit).map((row) => ({
      ...functionPlace(profile, row.function),
      file: profile.strings[row.file],
      line: row.line,
      module: modulePath(profile, row.module),
      kind: row.function === NONE ? 'native' : FRAME_KINDS[kinds[row.function]],
      self: row.self,
      total: row.total,
    })),
  };
}

/** By function: position in FRAME_KINDS of one of its frames. */
function kindOfFunction({ functions, frames }: QueryModel['profile']): Uint8Array {
  const kinds = new Uint8Array(functions.length);
  for (let frame = 0; frame < frames.length; frame++) {
    if (frames.function[frame] !== NONE) kinds[frames.function[frame]] = frames.kind[frame];
  }
  return kinds;
}
