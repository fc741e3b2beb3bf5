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

  /** The number of the bytes from `start` to `end` (exclusive). A number equal to the old `size` means they are new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
    return this.internHashed(bytes, start, end, hash);
  }

  /** The same for who has gone over the bytes already: `rawHash` has to be equal for equal bytes, always by the same rule. */
  internHashed(bytes: Uint8Array, start: number, end: number, rawHash: number): number {
    const hash = rawHash ^ (rawHash >>> 15);
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
    const from = index === 0 ? 0 : this.#ends[index - 1];
    if (this.#ends[index] - from !== end - start) return false;
    const arena = this.#arena;
    for (let at = start, own = from; at < end; at++, own++) if (arena[own] !== bytes[at]) return false;
    return true;
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
