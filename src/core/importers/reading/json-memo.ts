import { NONE } from '../../profile/profile.ts';

/**
 * Numbers noted with the spelling of small JSON objects, such as the place of a function that a profile repeats for every node: one that
 * was seen before is found by its bytes, four at a time, without reading it again.
 */
export class JsonMemo {
  /** What was noted with the last that was found. */
  found = NONE;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #arena = new Uint8Array(1 << 14);
  #arenaView = new DataView(this.#arena.buffer);
  #used = 0;
  /** Entries of (hash, start in the arena, length, value + 1). */
  #cells = new Int32Array(1 << 10);
  #count = 0;

  /** The end of the object that starts at `start`, if it was noted; NONE if not, or where it reaches past `limit`. */
  find(bytes: Uint8Array, start: number, limit: number): number {
    const view = this.#viewOf(bytes);
    let hash = 0;
    let at = start;
    // Up to the first closing bracket: an object with one inside a text isn't found, and is read again.
    for (; at + 4 <= limit; at += 4) {
      const word = view.getInt32(at, true);
      const marked = word ^ CLOSERS;
      if (((marked - ONES) & ~marked & TOPS) !== 0) break;
      hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ word, FACTOR);
    }
    while (at < limit && bytes[at] !== CLOSE_OBJECT)
      hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ bytes[at++], FACTOR);
    if (at >= limit) return NONE;
    const cell = this.#cellOf(mixed(hash), at + 1 - start, view, start);
    if (this.#cells[cell + 3] === 0) return NONE;
    this.found = this.#cells[cell + 3] - 1;
    return at + 1;
  }

  add(bytes: Uint8Array, start: number, end: number, value: number): void {
    const length = end - start;
    if (length > LONGEST || this.#used > MOST_BYTES || bytes.indexOf(CLOSE_OBJECT, start) !== end - 1) return;
    let hash = 0;
    let at = start;
    const view = this.#viewOf(bytes);
    for (; at + 4 < end; at += 4) {
      const word = view.getInt32(at, true);
      const marked = word ^ CLOSERS;
      if (((marked - ONES) & ~marked & TOPS) !== 0) break;
      hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ word, FACTOR);
    }
    while (at < end - 1) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ bytes[at++], FACTOR);
    hash = mixed(hash);
    const cell = this.#cellOf(hash, length, view, start);
    if (this.#cells[cell + 3] !== 0) return;
    if (this.#used + length + 4 > this.#arena.length) this.#growArena();
    this.#arena.set(bytes.subarray(start, end), this.#used);
    this.#put(cell, hash, this.#used, length, value + 1);
    this.#used += length;
    if (++this.#count * 8 > this.#cells.length) this.#growCells();
  }

  #cellOf(hash: number, length: number, view: DataView, start: number): number {
    const cells = this.#cells;
    const mask = cells.length - 1;
    let cell = (hash << 2) & mask;
    while (cells[cell + 3] !== 0) {
      if (cells[cell] === hash && cells[cell + 2] === length && this.#equals(cells[cell + 1], length, view, start))
        break;
      cell = (cell + 4) & mask;
    }
    return cell;
  }

  #equals(own: number, length: number, view: DataView, start: number): boolean {
    const arena = this.#arenaView;
    let at = 0;
    for (; at + 4 <= length; at += 4)
      if (arena.getInt32(own + at, true) !== view.getInt32(start + at, true)) return false;
    for (; at < length; at++) if (arena.getUint8(own + at) !== view.getUint8(start + at)) return false;
    return true;
  }

  #put(cell: number, hash: number, start: number, length: number, value: number): void {
    this.#cells[cell] = hash;
    this.#cells[cell + 1] = start;
    this.#cells[cell + 2] = length;
    this.#cells[cell + 3] = value;
  }

  #viewOf(bytes: Uint8Array): DataView {
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.#view;
  }

  #growArena(): void {
    const larger = new Uint8Array(this.#arena.length * 2);
    larger.set(this.#arena);
    this.#arena = larger;
    this.#arenaView = new DataView(larger.buffer);
  }

  #growCells(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(old.length * 2);
    const mask = this.#cells.length - 1;
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 3] === 0) continue;
      let cell = (old[at] << 2) & mask;
      while (this.#cells[cell + 3] !== 0) cell = (cell + 4) & mask;
      this.#put(cell, old[at], old[at + 1], old[at + 2], old[at + 3]);
    }
  }
}

function mixed(hash: number): number {
  return hash ^ (hash >>> 15);
}

const FACTOR = 0x01000193;
const CLOSE_OBJECT = 0x7d;
const CLOSERS = 0x7d7d7d7d;
const ONES = 0x01010101;
const TOPS = 0x80808080;
/** Longer objects aren't worth it, and no more than so many bytes of them are kept. */
const LONGEST = 4096;
const MOST_BYTES = 1 << 28;
