/** Symbols as columns, in the order in which they were read. Addresses are in whatever space the caller looks up in. */
export interface SymbolRows {
  readonly start: Float64Array;
  /** 0 where it isn't known: such a symbol reaches to the next. */
  readonly size: Float64Array;
  /** How good a symbol is beside others at its address: SYMBOL_RANKS added up; the highest is chosen before names are compared. */
  readonly rank: Uint8Array;
  /** A symbol without a size reaches to the next only where both are of one group. One group where it isn't given. */
  readonly group?: Int32Array;
  nameOf(row: number): string;
}

/** perf prefers, in this order: a symbol with a size, one with a type, a strong one, a global one. */
export const SYMBOL_RANKS = { sized: 8, typed: 4, strong: 2, global: 1 } as const;

/** How far back a symbol is looked for that reaches over later ones: further than any compiler nests them. */
const DEEPEST_NESTING = 64;
/** The last symbol of a group, where it has no size, reaches to the end of the page after its own (as `perf` has it). */
const PAGE = 4096;

/**
 * Which symbol an address belongs to, by the rules of `perf` (tools/perf/util/symbol.c): a symbol without a size ends where the next
 * begins; of several at one address the highest rank counts, then the fewest leading underscores, then the longest name. Where
 * symbols overlap, perf's answer depends on the shape of its tree; here the one that begins last and reaches over the address counts.
 */
export class SymbolTable {
  readonly #rows: SymbolRows;
  /** Rows by address; at one address in the order in which they were read. */
  readonly #order: Uint32Array;
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;

  constructor(rows: SymbolRows) {
    this.#rows = rows;
    this.#order = orderByStart(rows.start);
    const count = this.#order.length;
    this.#starts = new Float64Array(count);
    this.#ends = new Float64Array(count);
    for (let at = 0; at < count; at++) this.#starts[at] = rows.start[this.#order[at]];
    for (let at = 0; at < count; at++) {
      const [row, next] = [this.#order[at], this.#order[at + 1]];
      const start = this.#starts[at];
      const isLast = at + 1 === count || (rows.group !== undefined && rows.group[row] !== rows.group[next]);
      const end = isLast ? Math.ceil(start / PAGE) * PAGE + PAGE : this.#starts[at + 1];
      this.#ends[at] = rows.size[row] > 0 ? start + rows.size[row] : end;
    }
  }

  /**
   * Rows of the symbols that the address may belong to: one, or several that only their names tell apart (see `preferredName`), or
   * none.
   */
  candidates(address: number): readonly number[] {
    let last = upperBound(this.#starts, address) - 1;
    for (let tries = 0; last >= 0 && tries < DEEPEST_NESTING; tries++) {
      let first = last;
      while (first > 0 && this.#starts[first - 1] === this.#starts[last]) first--;
      const best = this.#best(first, last);
      if (this.#ends[best[0]] > address) return best.map((at) => this.#order[at]);
      last = first - 1;
    }
    return [];
  }

  startOf(row: number): number {
    return this.#rows.start[row];
  }

  nameOf(row: number): string {
    return this.#rows.nameOf(row);
  }

  /** Of the places `first` to `last`, which share an address, those of the highest rank. */
  #best(first: number, last: number): number[] {
    const { typed, strong, global, sized } = SYMBOL_RANKS;
    let best: number[] = [];
    let bestRank = -1;
    for (let at = first; at <= last; at++) {
      const hasSize = this.#ends[at] > this.#starts[at];
      const rank = (this.#rows.rank[this.#order[at]] & (typed | strong | global)) | (hasSize ? sized : 0);
      if (rank > bestRank) best = [];
      if (rank >= bestRank) {
        best.push(at);
        bestRank = rank;
      }
    }
    return best;
  }
}

/** Position of the name that perf prefers among symbols at one address: fewest leading underscores, then longest, then first. */
export function preferredName(names: readonly string[]): number {
  let best = 0;
  for (let at = 1; at < names.length; at++) {
    const fewer = underscores(names[best]) - underscores(names[at]);
    if (fewer > 0 || (fewer === 0 && names[at].length > names[best].length)) best = at;
  }
  return best;
}

function underscores(name: string): number {
  let count = 0;
  while (name[count] === '_') count++;
  return count;
}

/** Index of the first value that is greater; the length where none is. */
function upperBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Row numbers by start; equal ones keep their order. */
function orderByStart(start: Float64Array): Uint32Array {
  const count = start.length;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of start) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  // Start and row number in one exact double sort natively, ten times as fast as with a comparison function.
  if ((most - least + 1) * count < Number.MAX_SAFE_INTEGER) {
    const keys = new Float64Array(count);
    for (let row = 0; row < count; row++) keys[row] = (start[row] - least) * count + row;
    keys.sort();
    const order = new Uint32Array(count);
    for (let at = 0; at < count; at++) order[at] = keys[at] % count;
    return order;
  }
  return Uint32Array.from(start.keys()).sort((a, b) => start[a] - start[b] || a - b);
}
