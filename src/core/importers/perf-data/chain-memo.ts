import type { StackIndex } from '../../profile/profile.ts';

/**
 * Remembers the stacks of callers that were met, as they stand in samples: most samples of a program have callers that another sample
 * had, and comparing a few dozen numbers in a row is far quicker than looking each of them up. Forgets when it has grown large.
 */
export class ChainMemo {
  /** The numbers of all that is remembered, one after another. */
  #words = new Int32Array(1 << 12);
  #used = 0;
  /** A slot is eight neighbouring cells, so that a look-up touches one line of the processor's cache. */
  readonly #slots: Int32Array;
  readonly #slotCount: number;
  /** Where what was last asked for and not found has its place, and its hash. */
  #slot = 0;
  #hash = 0;
  /** Addresses among the numbers that were found. */
  foundLength = 0;

  /** For so many stacks at most: a short recording needn't pay for the slots of a long one. */
  constructor(stacks: number) {
    let count = LEAST_SLOTS;
    while (count < MOST_SLOTS && count < 2 * stacks) count *= 2;
    this.#slotCount = count;
    this.#slots = new Int32Array(count * 8);
  }

  /**
   * The stack of callers that stand in `words` from `from` to `to`, two words each, innermost first, if the same were met in the same
   * place; else undefined, and `remember` may tell.
   */
  find(words: Int32Array, from: number, to: number, place: ChainPlace): StackIndex | undefined {
    const slots = this.#slots;
    const known = this.#words;
    const { user, kernel, other: third } = place;
    const hash = hashOf(words, from, to);
    // Two slots next to each other may hold it.
    const first = ((hash ^ (hash >>> 16)) & (this.#slotCount - 2)) << 3;
    for (let slot = first; slot <= first + 8; slot += 8) {
      if (slots[slot + HASH] !== hash || slots[slot + COUNT] !== to - from) continue;
      if (slots[slot + USER] !== user || slots[slot + KERNEL] !== kernel || slots[slot + OTHER] !== third) continue;
      let other = slots[slot + START];
      let at = from;
      while (at < to && words[at] === known[other]) {
        at++;
        other++;
      }
      if (at < to) continue;
      this.foundLength = slots[slot + LENGTH];
      return slots[slot + STACK];
    }
    this.#hash = hash;
    this.#slot = slots[first + COUNT] === 0 ? first : first + 8;
    return undefined;
  }

  /** Remembers the stack of callers, of `length` addresses, that were last asked for and not found. */
  remember(words: Int32Array, from: number, to: number, place: ChainPlace, stack: StackIndex, length: number): void {
    const count = to - from;
    if (count > MOST_WORDS) return;
    if (this.#used + count > MOST_WORDS) {
      this.#used = 0;
      this.#slots.fill(0);
    }
    if (this.#used + count > this.#words.length) {
      const larger = new Int32Array(Math.max(this.#words.length * 2, this.#used + count));
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words.set(words.subarray(from, to), this.#used);
    const slots = this.#slots;
    const slot = this.#slot;
    slots[slot + HASH] = this.#hash;
    slots[slot + COUNT] = count;
    slots[slot + USER] = place.user;
    slots[slot + KERNEL] = place.kernel;
    slots[slot + OTHER] = place.other;
    slots[slot + START] = this.#used;
    slots[slot + LENGTH] = length;
    slots[slot + STACK] = stack;
    this.#used += count;
  }
}

/** What addresses mean where a chain stands: numbers of the mappings of the process and the kernel, and of all that is rarer. */
export interface ChainPlace {
  user: number;
  kernel: number;
  other: number;
}

/** Cells of a slot. A count of 0 marks an empty one. */
const HASH = 0;
const COUNT = 1;
const USER = 2;
const KERNEL = 3;
const OTHER = 4;
const START = 5;
const LENGTH = 6;
const STACK = 7;

const LEAST_SLOTS = 64;
const MOST_SLOTS = 1 << 16;
/** 16 MB: some fifty thousand stacks of callers of usual depth. */
const MOST_WORDS = 1 << 22;

/** Mixes every number: stacks that differ in one caller in the middle are the rule. */
function hashOf(words: Int32Array, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at < to; at += 2) {
    hash = Math.imul(hash ^ words[at] ^ words[at + 1], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
