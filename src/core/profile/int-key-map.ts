/**
 * A hash map from pairs of 32-bit integers to 32-bit integers, in one flat typed array: no object per entry, no boxing, and one look into
 * memory per entry, since that is what takes the time in a large one. Open addressing with linear probing; grows at two thirds full. Used
 * where millions of pairs are interned ((parent, frame) → stack).
 */
export class IntKeyMap {
  /** By place: both halves of the key, and the value, -1 where the place is empty. */
  #entries: Int32Array;
  #mask: number;
  #size = 0;

  constructor(expected = 16) {
    let capacity = 16;
    while (capacity * 2 < expected * 3) capacity *= 2;
    this.#entries = new Int32Array(capacity * 3).fill(-1);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The value of (a, b), or -1. */
  get(a: number, b: number): number {
    return this.#entries[this.#place(a, b) + 2];
  }

  /** Values are zero or greater: -1 marks an empty place. */
  set(a: number, b: number, value: number): void {
    const place = this.#place(a, b);
    const isNew = this.#entries[place + 2] === -1;
    this.#entries[place] = a;
    this.#entries[place + 1] = b;
    this.#entries[place + 2] = value;
    if (isNew && ++this.#size * 3 > this.#mask * 2) this.#grow();
  }

  #place(a: number, b: number): number {
    const entries = this.#entries;
    const mask = this.#mask;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    let slot = hash & mask;
    for (;;) {
      const place = slot * 3;
      if (entries[place + 2] === -1 || (entries[place] === a && entries[place + 1] === b)) return place;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const old = this.#entries;
    const capacity = (this.#mask + 1) * 2;
    this.#entries = new Int32Array(capacity * 3).fill(-1);
    this.#mask = capacity - 1;
    for (let place = 0; place < old.length; place += 3) {
      if (old[place + 2] === -1) continue;
      const to = this.#place(old[place], old[place + 1]);
      this.#entries[to] = old[place];
      this.#entries[to + 1] = old[place + 1];
      this.#entries[to + 2] = old[place + 2];
    }
  }
}
