/** Gives equal rows of `width` 32-bit integers the same number, from 0 upwards, in flat typed arrays. */
export class IntRows {
  readonly width: number;
  #values: Int32Array;
  #count = 0;
  #slots: Int32Array;

  constructor(width: number, expected = 64) {
    this.width = width;
    this.#values = new Int32Array(width * expected);
    let slots = 64;
    while (slots < expected * 2) slots *= 2;
    this.#slots = new Int32Array(slots).fill(-1);
  }

  get length(): number {
    return this.#count;
  }

  /** The number of the row; a number equal to the old `length` means it is new. */
  intern(row: ArrayLike<number>): number {
    const { width } = this;
    const mask = this.#slots.length - 1;
    let slot = hashOf(row, 0, width) & mask;
    for (let known = this.#slots[slot]; known !== -1; known = this.#slots[slot]) {
      let same = true;
      for (let at = 0, own = known * width; at < width; at++, own++) {
        if (this.#values[own] !== (row[at] | 0)) {
          same = false;
          break;
        }
      }
      if (same) return known;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#count;
    if ((this.#count + 1) * width > this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    for (let at = 0, own = this.#count * width; at < width; at++, own++) this.#values[own] = row[at];
    this.#count++;
    if (this.#count * 2 > this.#slots.length) this.#grow();
    return this.#count - 1;
  }

  at(row: number, column: number): number {
    return this.#values[row * this.width + column];
  }

  /** The values of one column, in a column of their own. */
  column(column: number): Int32Array {
    const values = new Int32Array(this.#count);
    for (let row = 0; row < values.length; row++) values[row] = this.#values[row * this.width + column];
    return values;
  }

  #grow(): void {
    const { width } = this;
    const mask = this.#slots.length * 2 - 1;
    this.#slots = new Int32Array(mask + 1).fill(-1);
    for (let row = 0; row < this.#count; row++) {
      let slot = hashOf(this.#values, row * width, width) & mask;
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
      this.#slots[slot] = row;
    }
  }
}

function hashOf(values: ArrayLike<number>, start: number, width: number): number {
  let hash = width;
  for (let at = start; at < start + width; at++) {
    hash = Math.imul(hash ^ values[at], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
