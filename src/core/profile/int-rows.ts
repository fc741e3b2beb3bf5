import { doubledSlots } from './doubled-slots.ts';

/** Gives equal rows of `width` 32-bit integers the same number, from 0 upwards, in flat typed arrays. */
export class IntRows {
  readonly width: number;
  #values: Int32Array;
  #count = 0;
  /** By slot: the hash of a row, and its number and one; 0 marks an empty slot. With the hash no row is looked at in vain. */
  #slots: Int32Array;

  constructor(width: number, expected = 64) {
    this.width = width;
    this.#values = new Int32Array(width * Math.max(1, expected));
    let slots = 64;
    while (slots < expected * 2) slots *= 2;
    this.#slots = new Int32Array(slots * 2);
  }

  get length(): number {
    return this.#count;
  }

  /** The number of the row; a number equal to the old `length` means it is new. */
  intern(row: Int32Array): number {
    const { width } = this;
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = hashOf(row, width);
    let slot = (hash * 2) & mask;
    for (; slots[slot + 1] !== 0; slot = (slot + 2) & mask) {
      if (slots[slot] === hash && this.#isRow(slots[slot + 1] - 1, row)) return slots[slot + 1] - 1;
    }
    slots[slot] = hash;
    slots[slot + 1] = this.#count + 1;
    if ((this.#count + 1) * width > this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    for (let at = 0, own = this.#count * width; at < width; at++, own++) this.#values[own] = row[at];
    this.#count++;
    if (this.#count * 4 > slots.length) this.#slots = doubledSlots(this.#slots);
    return this.#count - 1;
  }

  at(row: number, column: number): number {
    return this.#values[row * this.width + column];
  }

  /** The values of one column, in a column of their own. */
  column(column: number): Int32Array {
    const { width } = this;
    const values = this.#values;
    const own = new Int32Array(this.#count);
    for (let row = 0, at = column; row < own.length; row++, at += width) own[row] = values[at];
    return own;
  }

  #isRow(number: number, row: Int32Array): boolean {
    const { width } = this;
    const values = this.#values;
    for (let at = 0, own = number * width; at < width; at++, own++) if (values[own] !== row[at]) return false;
    return true;
  }
}

function hashOf(row: Int32Array, width: number): number {
  let hash = width;
  for (let at = 0; at < width; at++) {
    hash = Math.imul(hash ^ row[at], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
