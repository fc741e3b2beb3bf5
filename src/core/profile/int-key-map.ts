/**
 * A hash map from pairs of 32-bit integers to 32-bit integers of zero or more, in one flat typed array: no object per entry, no boxing,
 * and an entry's cells are neighbours, so that a look-up touches one line of the processor's cache. Open addressing with linear probing;
 * grows at two thirds full. Used where millions of pairs are interned ((parent, frame) → stack).
 */
export class IntKeyMap {
  /** Entries of (a, b, value + 1, unused); a third cell of 0 marks an empty place. */
  #cells: Int32Array;
  /** Cells less one; the number of cells is a power of two. */
  #mask: number;
  #size = 0;

  constructor(expected = 16) {
    let capacity = 16;
    while (capacity * 2 < expected * 3) capacity *= 2;
    this.#cells = new Int32Array(capacity * 4);
    this.#mask = capacity * 4 - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The value of (a, b), or -1. */
  get(a: number, b: number): number {
    return this.#cells[this.#slot(a, b) + 2] - 1;
  }

  /** Values are zero or greater: -1 marks an empty place. */
  set(a: number, b: number, value: number): void {
    const slot = this.#slot(a, b);
    const isNew = this.#cells[slot + 2] === 0;
    this.#cells[slot + 2] = value + 1;
    if (!isNew) return;
    this.#cells[slot] = a;
    this.#cells[slot + 1] = b;
    this.#size++;
    if (this.#size * 12 > this.#mask * 2) this.#grow();
  }

  #slot(a: number, b: number): number {
    const cells = this.#cells;
    const mask = this.#mask;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    let slot = (hash << 2) & mask;
    while (cells[slot + 2] !== 0 && (cells[slot] !== a || cells[slot + 1] !== b)) slot = (slot + 4) & mask;
    return slot;
  }

  #grow(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(old.length * 2);
    this.#mask = old.length * 2 - 1;
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 2] === 0) continue;
      const slot = this.#slot(old[at], old[at + 1]);
      this.#cells[slot] = old[at];
      this.#cells[slot + 1] = old[at + 1];
      this.#cells[slot + 2] = old[at + 2];
    }
  }
}
