import { NONE } from '../../profile/profile.ts';
import type { EntryIndex } from './stack-frames.ts';

/**
 * The places of the sample that is being read, innermost first, and those of the one before it. What follows a line in one sample mostly
 * follows it in the next, too: where the text does so byte for byte, all of those lines are taken at once, and none is looked up.
 */
export class SampleStack {
  #own = new Lines();
  #last = new Lines();
  /** By entry: a place of it in the sample before, if it is one there. */
  #positionOf = new Int32Array(1024);
  #bytes = NOTHING;
  #words = new DataView(NOTHING.buffer);

  get depth(): number {
    return this.#own.depth;
  }

  /** In its first `depth` elements. */
  get entries(): Int32Array {
    return this.#own.entries;
  }

  /** Begins the next sample. */
  begin(): void {
    if (this.#own.depth > 0) {
      const last = this.#own;
      this.#own = this.#last;
      this.#last = last;
      for (let at = 0; at < last.depth; at++) this.#setPosition(last.entries[at], at);
    }
    this.#own.clear();
  }

  /** What was read may be something else now. */
  forgetText(): void {
    this.#own.isPlain = false;
    this.#last.isPlain = false;
  }

  /** Adds a place that is no line of its own. */
  push(entry: EntryIndex): void {
    this.#own.isPlain = false;
    this.#own.push(entry, NONE, NONE);
  }

  /** Adds the place on the line from `start` up to `next`, where another one begins. */
  pushLine(entry: EntryIndex, bytes: Uint8Array, start: number, next: number): void {
    const own = this.#own;
    if (own.depth === 0) own.bytes = bytes;
    else if (own.bytes !== bytes || own.starts[own.depth] !== start) own.isPlain = false;
    own.push(entry, start, next);
  }

  /** Puts another in the place of the outermost. */
  replaceLast(entry: EntryIndex): void {
    this.#own.isPlain = false;
    this.#own.entries[this.#own.depth - 1] = entry;
  }

  dropLast(): void {
    this.#own.depth--;
  }

  /** After a line that was pushed: adds those that follow it if they did in the sample before, and gives how many. */
  repeat(): number {
    const own = this.#own;
    const last = this.#last;
    const entry = own.entries[own.depth - 1];
    if (!last.isPlain || !own.isPlain || last.bytes !== own.bytes || entry >= this.#positionOf.length) return 0;
    let position = this.#positionOf[entry];
    if (position >= last.depth || last.entries[position] !== entry) return 0;
    position++;
    const start = own.starts[own.depth];
    const before = last.starts[position];
    const same = this.#sameBytes(own.bytes, before, start, last.starts[last.depth] - before);
    let count = 0;
    for (; position < last.depth && last.starts[position + 1] - before <= same; position++, count++) {
      const shift = start - before;
      own.push(last.entries[position], last.starts[position] + shift, last.starts[position + 1] + shift);
    }
    return count;
  }

  /** Where what follows the last line begins. */
  get next(): number {
    return this.#own.starts[this.#own.depth];
  }

  /** How many of `most` bytes are the same from two places on; where they aren't, up to seven fewer. */
  #sameBytes(bytes: Uint8Array, one: number, other: number, most: number): number {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const words = this.#words;
    const end = Math.min(most, bytes.length - other);
    let at = 0;
    for (; at + 8 <= end; at += 8) {
      const eight = words.getFloat64(one + at, true);
      // Equal numbers are equal bytes, but for 0 and -0.
      if (eight !== words.getFloat64(other + at, true) || eight === 0) break;
    }
    for (; at < end && bytes[one + at] === bytes[other + at]; at++);
    return at;
  }

  #setPosition(entry: EntryIndex, position: number): void {
    if (entry >= this.#positionOf.length) {
      const larger = new Int32Array(Math.max(entry + 1, this.#positionOf.length * 2));
      larger.set(this.#positionOf);
      this.#positionOf = larger;
    }
    this.#positionOf[entry] = position;
  }
}

const NOTHING: Uint8Array = new Uint8Array(0);

/** Places of a sample, and where their lines stand. */
class Lines {
  entries = new Int32Array(256);
  /** Where each line begins; after the last, where what follows begins. */
  starts = new Int32Array(257);
  depth = 0;
  /** Each is a line of `bytes`, and they follow one another. */
  isPlain = true;
  bytes = NOTHING;

  clear(): void {
    this.depth = 0;
    this.isPlain = true;
    this.bytes = NOTHING;
  }

  push(entry: EntryIndex, start: number, next: number): void {
    if (this.depth === this.entries.length) {
      const entries = new Int32Array(this.depth * 2);
      const starts = new Int32Array(this.depth * 2 + 1);
      entries.set(this.entries);
      starts.set(this.starts);
      this.entries = entries;
      this.starts = starts;
    }
    this.entries[this.depth] = entry;
    this.starts[this.depth] = start;
    this.depth++;
    this.starts[this.depth] = next;
  }
}
