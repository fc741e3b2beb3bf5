import { doubledSlots } from '../../profile/doubled-slots.ts';
/**
 * Gives equal runs of bytes the same number, from 0 upwards, without making a string of them. Text formats repeat the same few lines
 * millions of times; here each costs two passes over its bytes, four at a time, and is decoded once.
 */
export class ByteInterner {
  #arena = new Uint8Array(4096);
  #arenaWords = viewOf(this.#arena);
  #used = 0;
  /** Ends of the runs in the arena; a run starts where the one before it ends. */
  #ends = new Float64Array(64);
  #count = 0;
  /** By slot: a run's hash, and its number and one; 0 marks an empty slot. */
  #slots = new Int32Array(512);
  /** The bytes that were given last. */
  #bytes: Uint8Array = this.#arena;
  #words = this.#arenaWords;

  get size(): number {
    return this.#count;
  }

  /** Bytes in the run of this number. */
  lengthOf(index: number): number {
    return this.#ends[index] - this.#startOf(index);
  }

  /** The number of the bytes from `start` to `end` (exclusive). A number equal to the old `size` means they are new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const words = this.#wordsOf(bytes);
    let hash = 0;
    let at = start;
    for (; at + 4 <= end; at += 4) hash = mixed(hash, words.getInt32(at, true));
    let rest = 0;
    for (let shift = 0; at < end; at++, shift += 8) rest |= bytes[at] << shift;
    return this.#find(bytes, start, end, mixed(hash, rest));
  }

  /** The number of the bytes from `start` up to the first that is `stop`, or to `end`. */
  internUntil(bytes: Uint8Array, start: number, end: number, stop: number): number {
    const words = this.#wordsOf(bytes);
    const stops = stop * 0x01010101;
    let hash = 0;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = words.getInt32(at, true);
      // Whether one of the four is `stop`, which is zero now. (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord)
      const zeros = word ^ stops;
      if (((zeros - 0x01010101) & ~zeros & 0x80808080) !== 0) break;
      hash = mixed(hash, word);
    }
    let rest = 0;
    for (let shift = 0; at < end && bytes[at] !== stop; at++, shift += 8) rest |= bytes[at] << shift;
    return this.#find(bytes, start, at, mixed(hash, rest));
  }

  /** Where the run of this number ends in `bytes`, if it stands at `start` and `stop` or the end of all follows it; else -1. */
  endWhere(index: number, bytes: Uint8Array, start: number, end: number, stop: number): number {
    const last = start + this.lengthOf(index);
    if (last > end || (last < end && bytes[last] !== stop)) return -1;
    return this.is(index, bytes, start, last) ? last : -1;
  }

  /** As `intern`, for who has gone over the bytes already: `rawHash` has to be equal for equal bytes, always by the same rule. */
  internHashed(bytes: Uint8Array, start: number, end: number, rawHash: number): number {
    return this.#find(bytes, start, end, rawHash);
  }

  #find(bytes: Uint8Array, start: number, end: number, sum: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = sum ^ (sum >>> 15) ^ (end - start);
    let slot = (hash * 2) & mask;
    for (; slots[slot + 1] !== 0; slot = (slot + 2) & mask) {
      const index = slots[slot + 1] - 1;
      if (slots[slot] === hash && this.is(index, bytes, start, end)) return index;
    }
    slots[slot] = hash;
    slots[slot + 1] = this.#count + 1;
    return this.#add(bytes, start, end);
  }

  /** Whether the run of this number is the bytes from `start` to `end`. */
  is(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    let own = this.#startOf(index);
    if (this.#ends[index] - own !== end - start) return false;
    const words = this.#wordsOf(bytes);
    const arenaWords = this.#arenaWords;
    let at = start;
    for (; at + 8 <= end; at += 8, own += 8) {
      const eight = words.getFloat64(at, true);
      // Equal numbers are equal bytes, but for 0 and -0; and what is no number isn't equal to itself.
      if (eight === arenaWords.getFloat64(own, true) && eight !== 0) continue;
      if (arenaWords.getInt32(own, true) !== words.getInt32(at, true)) return false;
      if (arenaWords.getInt32(own + 4, true) !== words.getInt32(at + 4, true)) return false;
    }
    const arena = this.#arena;
    for (; at < end; at++, own++) if (arena[own] !== bytes[at]) return false;
    return true;
  }

  #wordsOf(bytes: Uint8Array): DataView {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#words = viewOf(bytes);
    }
    return this.#words;
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : this.#ends[index - 1];
  }

  #add(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (this.#used + length > this.#arena.length) {
      const larger = new Uint8Array(Math.max(this.#arena.length * 2, this.#used + length));
      larger.set(this.#arena.subarray(0, this.#used));
      this.#arena = larger;
      this.#arenaWords = viewOf(larger);
    }
    this.#arena.set(bytes.subarray(start, end), this.#used);
    this.#used += length;
    if (this.#count === this.#ends.length) {
      const ends = new Float64Array(this.#count * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#ends[this.#count] = this.#used;
    this.#count++;
    if (this.#count * 4 > this.#slots.length) this.#slots = doubledSlots(this.#slots);
    return this.#count - 1;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
