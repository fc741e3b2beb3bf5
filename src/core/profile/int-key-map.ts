/**
 * A hash map from pairs of 32-bit integers to 32-bit integers, in flat typed arrays: no object per entry, no boxing.
 * Open addressing with linear probing; grows at two thirds full. Used where millions of pairs are interned
 * ((parent, frame) → stack).
 */
export class IntKeyMap {
  #keyA: Int32Array;
  #keyB: Int32Array;
  #value: Int32Array;
  #mask: number;
  #size = 0;

  constructor(expected = 16) {
    let capacity = 16;
    while (capacity * 2 < expected * 3) capacity *= 2;
    this.#keyA = new Int32Array(capacity);
    this.#keyB = new Int32Array(capacity);
    this.#value = new Int32Array(capacity).fill(-1);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The value of (a, b), or -1. */
  get(a: number, b: number): number {
    return this.#value[this.#slot(a, b)];
  }

  /** Values are zero or greater: -1 marks an empty place. */
  set(a: number, b: number, value: number): void {
    const slot = this.#slot(a, b);
    if (this.#value[slot] === -1) {
      this.#size++;
      this.#keyA[slot] = a;
      this.#keyB[slot] = b;
      this.#value[slot] = value;
      if (this.#size * 3 > this.#mask * 2) this.#grow();
    } else {
      this.#value[slot] = value;
    }
  }

  #slot(a: number, b: number): number {
    const keyA = this.#keyA;
    const keyB = this.#keyB;
    const value = this.#value;
    const mask = this.#mask;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    let slot = hash & mask;
    while (value[slot] !== -1 && (keyA[slot] !== a || keyB[slot] !== b)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const { keyA, keyB, value } = { keyA: this.#keyA, keyB: this.#keyB, value: this.#value };
    const capacity = (this.#mask + 1) * 2;
    this.#keyA = new Int32Array(capacity);
    this.#keyB = new Int32Array(capacity);
    this.#value = new Int32Array(capacity).fill(-1);
    this.#mask = capacity - 1;
    for (let i = 0; i < value.length; i++) {
      if (value[i] === -1) continue;
      const slot = this.#slot(keyA[i], keyB[i]);
      this.#keyA[slot] = keyA[i];
      this.#keyB[slot] = keyB[i];
      this.#value[slot] = value[i];
    }
  }
}
