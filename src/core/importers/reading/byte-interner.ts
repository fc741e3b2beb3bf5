/**
 * Gives equal runs of bytes the same number, from 0 upwards, without making a string of them. Text formats repeat the same few lines
 * millions of times; here each costs one pass over its bytes and is decoded once.
 */
export class ByteInterner {
  #arena = new Uint8Array(4096);
  #used = 0;
  /** Ends of the runs in the arena; a run starts where the one before it ends. */
  #ends = new Float64Array(64);
  #hashes = new Int32Array(64);
  #count = 0;
  #slots = new Int32Array(256).fill(-1);

  get size(): number {
    return this.#count;
  }

  /** Bytes in the run of this number. */
  lengthOf(index: number): number {
    return this.#ends[index] - this.#startOf(index);
  }

  /** The number of the bytes from `start` to `end` (exclusive). A number equal to the old `size` means they are new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], PRIME);
    return this.#find(bytes, start, end, hash);
  }

  /** The number of the bytes from `start` up to the first that is `stop`, or to `end`. */
  internUntil(bytes: Uint8Array, start: number, end: number, stop: number): number {
    let hash = 0;
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at];
      if (byte === stop) break;
      hash = Math.imul(hash ^ byte, PRIME);
    }
    return this.#find(bytes, start, at, hash);
  }

  /** Where the run of this number ends in `bytes`, if it stands at `start` and `stop` or the end of all follows it; else -1. */
  endWhere(index: number, bytes: Uint8Array, start: number, end: number, stop: number): number {
    const last = start + this.lengthOf(index);
    if (last > end || (last < end && bytes[last] !== stop)) return -1;
    return this.#equals(index, bytes, start, last) ? last : -1;
  }

  /** As `intern`, for who has gone over the bytes already: `rawHash` has to be equal for equal bytes, always by the same rule. */
  internHashed(bytes: Uint8Array, start: number, end: number, rawHash: number): number {
    return this.#find(bytes, start, end, rawHash);
  }

  #find(bytes: Uint8Array, start: number, end: number, sum: number): number {
    const hash = sum ^ (sum >>> 15) ^ (end - start);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const known = this.#slots[slot];
      if (known === -1) break;
      if (this.#hashes[known] === hash && this.#equals(known, bytes, start, end)) return known;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#count;
    return this.#add(bytes, start, end, hash);
  }

  #equals(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#startOf(index);
    if (this.#ends[index] - from !== end - start) return false;
    const arena = this.#arena;
    for (let at = start, own = from; at < end; at++, own++) if (arena[own] !== bytes[at]) return false;
    return true;
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : this.#ends[index - 1];
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start;
    if (this.#used + length > this.#arena.length) {
      const larger = new Uint8Array(Math.max(this.#arena.length * 2, this.#used + length));
      larger.set(this.#arena.subarray(0, this.#used));
      this.#arena = larger;
    }
    this.#arena.set(bytes.subarray(start, end), this.#used);
    this.#used += length;
    if (this.#count === this.#ends.length) this.#growRuns();
    this.#ends[this.#count] = this.#used;
    this.#hashes[this.#count] = hash;
    this.#count++;
    if (this.#count * 2 > this.#slots.length) this.#growSlots();
    return this.#count - 1;
  }

  #growRuns(): void {
    const ends = new Float64Array(this.#count * 2);
    const hashes = new Int32Array(this.#count * 2);
    ends.set(this.#ends);
    hashes.set(this.#hashes);
    this.#ends = ends;
    this.#hashes = hashes;
  }

  #growSlots(): void {
    const mask = this.#slots.length * 2 - 1;
    this.#slots = new Int32Array(mask + 1).fill(-1);
    for (let index = 0; index < this.#count; index++) {
      let slot = this.#hashes[index] & mask;
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
      this.#slots[slot] = index;
    }
  }
}

/** FNV's. */
const PRIME = 0x01000193;
