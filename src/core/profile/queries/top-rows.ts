import { getOrMake } from '../../get-or-make.ts';
import type { Grouping } from '../frame-keys.ts';
import { type TableFormat, type TextColumn, tableText } from '../table-text.ts';
import type { TextSearch } from '../text-search.ts';
import { TopColumns, type TopSort } from '../top-columns.ts';
import { amountColumns, type CopiedTable, MOST_COPIED, placeColumns } from './copied-table.ts';
import { functionPlace, modulePath } from './function-place.ts';
import type { QueryModel, View, Viewed } from './query-model.ts';
import { cutRow, kindOf, type TableRow } from './table-row.ts';

/** A part of a top table, and how it is looked at. */
export interface TopRowsAsk {
  readonly view: View;
  readonly by: Grouping;
  readonly sort: TopSort;
  /** Only rows that have this; `null` for all. */
  readonly search: TextSearch | null;
  /** The first row that is wanted, from 0, and how many at most. */
  readonly from: number;
  readonly count: number;
}

export interface TopRowsAnswer {
  /** What shares of what is in view are of. */
  readonly whole: number;
  /** How many rows there are without a search. */
  readonly allCount: number;
  /** How many rows the search leaves, and what they cost themselves. */
  readonly rowCount: number;
  readonly self: number;
  readonly rows: readonly TableRow[];
}

/** A page of the top table: of any part of it, in any order. Throws MalformedPattern. */
export function topRows(model: QueryModel, { view, by, sort, search, from, count }: TopRowsAsk): TopRowsAnswer {
  const viewed = model.viewed(view);
  const columns = topColumns(viewed, by);
  const found = columns.found(sort, search);
  return {
    whole: viewed.weights.size,
    allCount: columns.rowCount,
    rowCount: found.rows.length,
    self: found.self,
    rows: Array.from(found.rows.subarray(from, from + count), (key) => cutRow(topRow(viewed, columns, key))),
  };
}

/** Rows of the top table as text. */
export function topText(
  model: QueryModel,
  { view, by, sort, search, from, count, format, whole }: TopRowsAsk & { format: TableFormat; whole: number | null },
): CopiedTable {
  const viewed = model.viewed(view);
  const columns = topColumns(viewed, by);
  const wanted = columns.found(sort, search).rows.subarray(from, from + count);
  const keys = wanted.subarray(0, MOST_COPIED);
  const rows = Array.from(keys, (key) => topRow(viewed, columns, key));
  const titles: TextColumn<Omit<TableRow, 'isCut'>>[] = [
    ...amountColumns(viewed.profile.values[view.value], whole ?? viewed.weights.size, {
      self: 'Self',
      total: 'Total',
    }),
    ...placeColumns(by),
  ];
  return { text: tableText(format, titles, rows), rows: rows.length, of: wanted.length };
}

const known = new WeakMap<Viewed, Map<Grouping, TopColumns>>();

function topColumns(viewed: Viewed, by: Grouping): TopColumns {
  const tables = getOrMake(known, viewed, () => new Map<Grouping, TopColumns>());
  return getOrMake(tables, by, () => new TopColumns(viewed.profile, viewed.weights, by));
}

function topRow(viewed: Viewed, { keys, self, total }: TopColumns, key: number): Omit<TableRow, 'isCut'> {
  const { profile } = viewed;
  const { function: func, file, line, module } = keys[key];
  return {
    ...functionPlace(profile, func),
    file: profile.strings[file],
    line,
    module: modulePath(profile, module),
    kind: kindOf(viewed, func),
    self: self[key],
    total: total[key],
  };
}
