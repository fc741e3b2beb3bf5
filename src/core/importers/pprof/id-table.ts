import { IntKeyMap } from '../../profile/int-key-map.ts';
import { NONE } from '../../profile/profile.ts';

/**
 * Rows by their ids. An id is any number of 64 bits but 0, given in two halves; writers count them from 1, which costs four bytes a row
 * here and no hashing.
 */
export class IdTable {
  /** By small id: its row and one, or 0. */
  #small = new Int32Array(1024);
  readonly #large = new IntKeyMap();
  #count = 0;
  #isCounted = true;

  /** Gives the id to the row; false where the id is 0 or another row has it. */
  add(low: number, high: number, row: number): boolean {
    if ((low | high) === 0 || this.find(low, high) !== NONE) return false;
    const id = low >>> 0;
    if (high !== 0 || id !== row + 1) this.#isCounted = false;
    if (high === 0 && id < this.#count * 2 + 1024) {
      if (id >= this.#small.length) this.#grow(id);
      this.#small[id] = row + 1;
    } else {
      this.#large.set(low, high, row);
    }
    this.#count++;
    return true;
  }

  /** The row with this id, or NONE. */
  find(low: number, high: number): number {
    const id = low >>> 0;
    if (high === 0 && id < this.#small.length && this.#small[id] !== 0) return this.#small[id] - 1;
    return this.#large.size === 0 ? NONE : this.#large.get(low, high);
  }

  /** Gives the next ids to so many rows, where those of all rows so far are counted. */
  addCounted(rows: number): void {
    const first = this.#count;
    this.#count += rows;
    if (this.#count >= this.#small.length) this.#grow(this.#count);
    const small = this.#small;
    for (let row = first; row < first + rows; row++) small[row + 1] = row + 1;
  }

  /** The id that the next row has where those of all rows so far are counted; else 0. */
  get next(): number {
    return this.#isCounted ? this.#count + 1 : 0;
  }

  /** How many rows there are, where row r has the id r + 1, as most writers count; else 0. For loops in which a look-up would cost. */
  get counted(): number {
    return this.#isCounted ? this.#count : 0;
  }

  /** Calls for each id that isn't among the small ones. */
  eachWide(take: (low: number, high: number, row: number) => void): void {
    this.#large.each(take);
  }

  /** By small id: its row and one, or 0. For loops in which a call for each id would cost too much. */
  get small(): Int32Array {
    return this.#small;
  }

  #grow(id: number): void {
    const larger = new Int32Array(Math.max(id + 1, this.#small.length * 2));
    larger.set(this.#small);
    this.#small = larger;
  }
}
