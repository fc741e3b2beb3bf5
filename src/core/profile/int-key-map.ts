/**
 * A hash map from pairs of 32-bit integers to 32-bit integers, in one flat typed array: no object per entry, no boxing, and one line of
 * the processor's cache for a look-up. Open addressing with linear probing; grows at two thirds full. Used where millions of pairs are
 * interned ((parent, frame) → stack).
 */
export class IntKeyMap {
  /** By place: both keys, and the value plus one; 0 marks an empty place. Four numbers apart, so that no place lies in two cache lines. */
  #places: Int32Array;
  #mask: number;
  #size = 0;

  constructor(expected = 16) {
    let capacity = 16;
    while (capacity * 2 < expected * 3) capacity *= 2;
    this.#places = new Int32Array(capacity * STRIDE);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The value of (a, b), or -1. */
  get(a: number, b: number): number {
    return this.#places[this.#find(a, b) + VALUE] - 1;
  }

  /** Values are zero or greater. */
  set(a: number, b: number, value: number): void {
    const at = this.#find(a, b);
    const isNew = this.#places[at + VALUE] === 0;
    this.#put(at, a, b, value);
    if (isNew) this.#grown();
  }

  /** The value of (a, b); where there's none it gets `value`, and -1 is given. */
  getOrSet(a: number, b: number, value: number): number {
    const at = this.#find(a, b);
    const known = this.#places[at + VALUE] - 1;
    if (known !== -1) return known;
    this.#put(at, a, b, value);
    this.#grown();
    return -1;
  }

  /** Calls for each pair and its value, in no order. */
  each(take: (a: number, b: number, value: number) => void): void {
    const places = this.#places;
    for (let at = 0; at < places.length; at += STRIDE)
      if (places[at + VALUE] !== 0) take(places[at], places[at + 1], places[at + VALUE] - 1);
  }

  #put(at: number, a: number, b: number, value: number): void {
    const places = this.#places;
    places[at] = a;
    places[at + 1] = b;
    places[at + VALUE] = value + 1;
  }

  /** Where (a, b) is, or would be. */
  #find(a: number, b: number): number {
    const places = this.#places;
    const mask = this.#mask;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    let place = hash & mask;
    for (;;) {
      const at = place * STRIDE;
      if (places[at + VALUE] === 0 || (places[at] === a && places[at + 1] === b)) return at;
      place = (place + 1) & mask;
    }
  }

  #grown(): void {
    this.#size++;
    if (this.#size * 3 <= this.#mask * 2) return;
    const old = this.#places;
    this.#places = new Int32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let at = 0; at < old.length; at += STRIDE) {
      if (old[at + VALUE] !== 0) this.#put(this.#find(old[at], old[at + 1]), old[at], old[at + 1], old[at + VALUE] - 1);
    }
  }
}

const STRIDE = 4;
const VALUE = 2;
