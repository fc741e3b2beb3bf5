import type { Diff } from '../../diff.ts';
import type { Grouping } from '../../frame-keys.ts';
import { type FunctionPlace, functionPlace, modulePath } from '../../queries/function-place.ts';
import { placeSearch, type TextSearch } from '../../text-search.ts';
import { type Cost, type DiffRow, diffTop } from '../diff-top.ts';
import type { DiffModel, DiffView } from './diff-model.ts';

/** By what the rows are sorted: their name, how much they changed (rises and falls alike), or a figure with its sign. */
export const DIFF_ORDERS = ['name', 'size', 'change', 'before', 'after'] as const;
export type DiffOrder = (typeof DIFF_ORDERS)[number];

export interface DiffTableOptions {
  readonly view: DiffView;
  readonly by: Grouping;
  readonly order: DiffOrder;
  readonly of: keyof Cost;
  /** The other way round: the smallest first, names from the end. */
  readonly isReversed: boolean;
  /** Only rows whose name, file or module has it. */
  readonly query: TextSearch;
  readonly limit: number;
}

export interface DiffTable {
  /** How many rows there would be without a limit. */
  readonly rowCount: number;
  readonly rows: readonly DiffPlace[];
}

/** A function, line, file or module, and what it costs before and after. */
export interface DiffPlace extends FunctionPlace {
  readonly before: Cost;
  readonly after: Cost;
}

const known = new WeakMap<Diff, Map<Grouping, readonly DiffRow[]>>();

/** What costs something before or after, in the order that is asked for. Throws MalformedPattern. */
export function diffTable(model: DiffModel, options: DiffTableOptions): DiffTable {
  const { view, by, order, of, isReversed, query, limit } = options;
  const compared = model.diff(view);
  const all = diffRows(compared, by);
  const places = new Map<DiffRow, DiffPlace>();
  const placeOf = (row: DiffRow) => {
    let place = places.get(row);
    if (!place) {
      place = diffPlace(compared, row);
      places.set(row, place);
    }
    return place;
  };
  const search = placeSearch(compared.profile, query);
  const isFound = (row: DiffRow) => search.func(row.function) || search.file(row.file) || search.module(row.module);
  const rows = query.text === '' ? [...all] : all.filter(isFound);
  const compare = ORDERS[order](of, placeOf);
  rows.sort(isReversed ? (a, b) => compare(b, a) : compare);
  return { rowCount: rows.length, rows: rows.slice(0, limit).map(placeOf) };
}

function diffRows(found: Diff, by: Grouping): readonly DiffRow[] {
  let groupings = known.get(found);
  if (!groupings) {
    groupings = new Map();
    known.set(found, groupings);
  }
  let rows = groupings.get(by);
  if (!rows) {
    rows = diffTop(found, by);
    groupings.set(by, rows);
  }
  return rows;
}

type Compare = (a: DiffRow, b: DiffRow) => number;

const ORDERS: Readonly<Record<DiffOrder, (of: keyof Cost, placeOf: (row: DiffRow) => DiffPlace) => Compare>> = {
  name: (_, placeOf) => {
    const names = new Map<DiffRow, string>();
    const name = (row: DiffRow) => {
      let text = names.get(row);
      if (text === undefined) {
        text = nameOf(placeOf(row));
        names.set(row, text);
      }
      return text;
    };
    return (a, b) => compareTexts(name(a), name(b));
  },
  size: (of) => (a, b) => Math.abs(b.change[of]) - Math.abs(a.change[of]),
  change: (of) => (a, b) => b.change[of] - a.change[of],
  before: (of) => (a, b) => b.before[of] - a.before[of],
  after: (of) => (a, b) => b.after[of] - a.after[of],
};

function diffPlace({ profile }: Diff, row: DiffRow): DiffPlace {
  return {
    ...functionPlace(profile, row.function),
    file: profile.strings[row.file],
    line: row.line,
    module: modulePath(profile, row.module),
    before: row.before,
    after: row.after,
  };
}

function nameOf({ fullName, file, line, module }: DiffPlace): string {
  return `${fullName}\0${file}\0${String(line).padStart(10, '0')}\0${module}`;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
