/**
 * Finds a stack by its caller and its frame. Callers are numbered as they come, and a caller's stacks come soon after it, so an entry's
 * place is near one that grows with the caller's number: the next look-ups find it in the processor's cache. (With places all over the
 * table, waiting for memory took most of the time of a large import.) What finds no place there, for a caller with very many, has one
 * anywhere. Open addressing in one flat typed array; grows at two thirds full.
 */
export class StackIndexMap {
  /** Entries of (caller, frame, stack + 1, unused); a third cell of 0 marks an empty place. */
  #cells: Int32Array;
  /** Cells less one; the number of cells is a power of two. */
  #mask: number;
  #size = 0;

  constructor(expected: number) {
    let capacity = 1024;
    while (capacity * 2 < expected * 3) capacity *= 2;
    this.#cells = new Int32Array(capacity * 4);
    this.#mask = capacity * 4 - 1;
  }

  /** The stack of a caller and a frame; where there's none, `next` becomes it. */
  intern(caller: number, frame: number, next: number): number {
    const slot = this.#slot(caller, frame);
    const known = this.#cells[slot + 2];
    if (known !== 0) return known - 1;
    this.#cells[slot] = caller;
    this.#cells[slot + 1] = frame;
    this.#cells[slot + 2] = next + 1;
    this.#size++;
    if (this.#size * 12 > this.#mask * 2) this.#grow();
    return next;
  }

  #slot(caller: number, frame: number): number {
    const cells = this.#cells;
    const mask = this.#mask;
    let hash = Math.imul(frame, 0x9e3779b1);
    let slot = ((caller * 2 + (hash >>> NEAR_SHIFT)) << 2) & mask;
    for (let probe = 0; probe < NEAR_PROBES; probe++) {
      if (cells[slot + 2] === 0 || (cells[slot] === caller && cells[slot + 1] === frame)) return slot;
      slot = (slot + 4) & mask;
    }
    hash ^= Math.imul(caller, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    slot = (hash << 2) & mask;
    // Places near each other may all be taken: from one to the next it would be a long way out of there.
    const step = ((hash >>> FAR_SHIFT) | 1) << 2;
    while (cells[slot + 2] !== 0 && (cells[slot] !== caller || cells[slot + 1] !== frame)) slot = (slot + step) & mask;
    return slot;
  }

  #grow(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(old.length * 2);
    this.#mask = old.length * 2 - 1;
    for (let at = 0; at < old.length; at += 4) {
      if (old[at + 2] === 0) continue;
      const slot = this.#slot(old[at], old[at + 1]);
      this.#cells[slot] = old[at];
      this.#cells[slot + 1] = old[at + 1];
      this.#cells[slot + 2] = old[at + 2];
    }
  }
}

/** Leaves ten bits: 1,024 places, 16 kB. */
const NEAR_SHIFT = 22;
const NEAR_PROBES = 8;
/** Leaves 16 bits that say how far apart the other places are. */
const FAR_SHIFT = 16;
