import { frameKeys, type Grouping, type Key } from './frame-keys.ts';
import { keyTotals } from './key-totals.ts';
import { NONE, type Profile } from './profile.ts';
import { readingKey, sortByKey, textRanks } from './sort-keys.ts';
import type { StackWeights } from './stack-weights.ts';
import { placeSearch, type TextSearch } from './text-search.ts';
import { placeKey } from './tree-order.ts';

export const TOP_COLUMNS = ['self', 'total', 'name', 'place', 'module'] as const;
export type TopColumn = (typeof TOP_COLUMNS)[number];

export interface TopSort {
  readonly column: TopColumn;
  readonly isDescending: boolean;
}

/** A top table as columns, with its rows in order by anything: for tables too long to be made row by row. */
export class TopColumns {
  /** By key. */
  readonly keys: readonly Key[];
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly #profile: Profile;
  readonly #by: Grouping;
  /** Keys that cost anything, as topTable has them: highest self first, then highest total, then by name and line. */
  readonly #rows: Int32Array;
  readonly #orders = new Map<string, Int32Array>();
  #last: { readonly key: string; readonly found: FoundRows } | undefined;

  constructor(profile: Profile, weights: StackWeights, by: Grouping) {
    const { ofFrame, keys } = frameKeys(profile, by);
    const { self, total } = keyTotals(profile.stacks, weights.self, ofFrame, keys.length);
    this.#profile = profile;
    this.#by = by;
    this.keys = keys;
    this.self = self;
    this.total = total;
    const rows = Int32Array.from(keys.keys()).filter((key) => self[key] !== 0 || total[key] !== 0);
    let names: Float64Array | undefined;
    this.#rows = rows.sort((a, b) => {
      const byCost = Math.abs(self[b]) - Math.abs(self[a]) || Math.abs(total[b]) - Math.abs(total[a]);
      if (byCost !== 0) return byCost;
      names ??= textRanks(keys.map((key) => nameOf(profile, key)));
      return names[a] - names[b] || keys[a].line - keys[b].line || a - b;
    });
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  /** The keys of all rows, in order. */
  sorted(sort: TopSort): Int32Array {
    const key = `${sort.column} ${sort.isDescending}`;
    let order = this.#orders.get(key);
    if (!order) {
      order = sortByKey(this.#rows, this.#keyOf(sort.column), sort.isDescending);
      if (this.#orders.size >= KEPT_ORDERS) this.#orders.clear();
      this.#orders.set(key, order);
    }
    return order;
  }

  /** The rows that have what is looked for, in order. Throws MalformedPattern. */
  found(sort: TopSort, search: TextSearch | null): FoundRows {
    const wanted = search && search.text !== '' ? search : null;
    const key = JSON.stringify([sort.column, sort.isDescending, wanted?.text, wanted?.isRegex, wanted?.matchCase]);
    if (this.#last?.key !== key) {
      const sorted = this.sorted(sort);
      const rows = wanted ? this.#matching(sorted, wanted) : sorted;
      this.#last = { key, found: { rows, self: rows.reduce((sum, row) => sum + this.self[row], 0) } };
    }
    return this.#last.found;
  }

  #matching(sorted: Int32Array, search: TextSearch): Int32Array {
    const found = placeSearch(this.#profile, search);
    return sorted.filter((row) => {
      const { function: func, file, module } = this.keys[row];
      return found.func(func) || found.file(file) || found.module(module);
    });
  }

  #keyOf(column: TopColumn): (key: number) => number {
    const { keys, self, total } = this;
    if (column === 'self') return (key) => Math.abs(self[key]);
    if (column === 'total') return (key) => Math.abs(total[key]);
    const { strings, modules } = this.#profile;
    const text = {
      // A table of files or modules has no names but those.
      name: (key: Key) =>
        this.#by === 'file' ? strings[key.file] : this.#by === 'module' ? text.module(key) : nameOf(this.#profile, key),
      place: (key: Key) => placeKey(strings[key.file], key.line),
      module: (key: Key) => (key.module === NONE ? '' : strings[modules.path[key.module]]),
    };
    const ranks = textRanks(keys.map((key) => readingKey(text[column](key))));
    return (key) => ranks[key];
  }
}

/** Keys of rows in order, and what they cost themselves together. */
export interface FoundRows {
  readonly rows: Int32Array;
  readonly self: number;
}

const KEPT_ORDERS = 4;

function nameOf({ strings, functions }: Profile, key: Key): string {
  return key.function === NONE ? '' : strings[functions.name[key.function]];
}
