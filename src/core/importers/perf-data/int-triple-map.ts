/**
 * A hash map from triples of 32-bit integers to integers of zero or more, for millions of entries: an entry is four neighbouring cells
 * of one typed array, so that a look-up touches one line of the processor's cache. Open addressing with linear probing.
 */
export class IntTripleMap {
  /** Entries of (a, b, c, value + 1); a last cell of 0 marks an empty place. Takes no memory of its own until there's an entry. */
  #cells = NO_CELLS;
  /** Cells less one; the number of cells is a power of two. */
  #mask = NO_CELLS.length - 1;
  #size = 0;

  /** The value of (a, b, c), or -1. */
  get(a: number, b: number, c: number): number {
    const cells = this.#cells;
    const mask = this.#mask;
    let at = (hash(a, b, c) << 2) & mask;
    for (;;) {
      const value = cells[at + 3];
      if (value === 0 || (cells[at] === a && cells[at + 1] === b && cells[at + 2] === c)) return value - 1;
      at = (at + 4) & mask;
    }
  }

  /** Adds an entry for a triple that has none. */
  add(a: number, b: number, c: number, value: number): void {
    if (this.#cells === NO_CELLS || this.#size * 16 >= this.#cells.length * 3) this.#grow();
    this.#place(a, b, c, value + 1);
    this.#size++;
  }

  #place(a: number, b: number, c: number, cell: number): void {
    const cells = this.#cells;
    let at = (hash(a, b, c) << 2) & this.#mask;
    while (cells[at + 3] !== 0) at = (at + 4) & this.#mask;
    cells[at] = a;
    cells[at + 1] = b;
    cells[at + 2] = c;
    cells[at + 3] = cell;
  }

  #grow(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(Math.max(LEAST_CELLS, old.length * 2));
    this.#mask = this.#cells.length - 1;
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 3] !== 0) this.#place(old[at], old[at + 1], old[at + 2], old[at + 3]);
    }
  }
}

/** One empty place, of all maps without an entry. */
const NO_CELLS = new Int32Array(4);
const LEAST_CELLS = 32;

function hash(a: number, b: number, c: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
