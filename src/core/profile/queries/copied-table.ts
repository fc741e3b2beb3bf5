import type { Grouping } from '../frame-keys.ts';
import type { ValueType } from '../profile.ts';
import type { TextColumn } from '../table-text.ts';
import type { FunctionPlace } from './function-place.ts';

/** A table, or a part of it, as text. */
export interface CopiedTable {
  readonly text: string;
  /** How many rows it has, of how many that were wanted. */
  readonly rows: number;
  readonly of: number;
}

/** A clipboard with more than some 20 MB helps nobody. */
export const MOST_COPIED = 100_000;

/** Costs as they are, unrounded, and their shares. */
export function amountColumns(
  { type, unit }: ValueType,
  whole: number,
  titles: { readonly self: string; readonly total: string },
): TextColumn<{ readonly self: number; readonly total: number }>[] {
  const unitName = unit === 'count' ? type : unit;
  const share = (amount: number) => (whole === 0 ? '' : String(Number(((100 * amount) / whole).toPrecision(12))));
  return (['self', 'total'] as const).flatMap((which) => [
    { title: `${titles[which]} (${unitName})`, isNumber: true, text: (row) => String(row[which]) },
    { title: `${titles[which]} (%)`, isNumber: true, text: (row) => share(row[which]) },
  ]);
}

/** What tells rows apart. */
export function placeColumns(by: Grouping): TextColumn<FunctionPlace>[] {
  return PLACE_COLUMNS[by].map((name) => COLUMN_OF[name]);
}

const PLACE_COLUMNS: Record<Grouping, readonly (keyof typeof COLUMN_OF)[]> = {
  function: ['name', 'file', 'line', 'module'],
  line: ['name', 'file', 'line', 'module'],
  file: ['file'],
  module: ['module'],
};

const COLUMN_OF = {
  name: { title: 'Function', isNumber: false, text: (row: FunctionPlace) => row.fullName },
  file: { title: 'File', isNumber: false, text: (row: FunctionPlace) => row.file },
  line: { title: 'Line', isNumber: true, text: (row: FunctionPlace) => (row.line > 0 ? String(row.line) : '') },
  module: { title: 'Module', isNumber: false, text: (row: FunctionPlace) => row.module },
};
