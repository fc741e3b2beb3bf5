import type { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { type FrameIndex, NONE, type StackIndex } from '../../profile/profile.ts';
import { ByteInterner } from './byte-interner.ts';
import { utf8 } from './utf8.ts';

/**
 * Makes stacks of text such as `main;work;sum`, outermost frame first, straight from bytes: a frame's text is decoded once, however often
 * it comes. Folded text is mostly sorted, so what a stack has in common with the one before is found by comparing bytes.
 */
export class StackText {
  readonly #builder: ProfileBuilder;
  readonly #frameOf: (text: string) => FrameIndex;
  readonly #texts = new ByteInterner();
  readonly #frames = new Int32Column(1024);
  #lastBytes: Uint8Array = new Uint8Array(0);
  #words: DataView = new DataView(new ArrayBuffer(0));
  #lastStart = 0;
  #lastEnd = 0;
  /** By stack, from NONE on: the callee of it that was seen last, or NONE; and the text of its frame. Together, for they are read so. */
  #known = new Int32Array(2048).fill(NONE);
  /** By depth, of the last stack: where the frame's text ends, from the start of the stack's; and the stack up to it. */
  #ends = new Int32Array(256);
  #stacks = new Int32Array(256);
  #depth = 0;

  /** `frameOf` gives the frame for its text; NONE leaves it out of the stack. */
  constructor(builder: ProfileBuilder, frameOf: (text: string) => FrameIndex) {
    this.#builder = builder;
    this.#frameOf = frameOf;
  }

  /** The stack of the text from `start` to `end` (exclusive); NONE where it has no frames. Empty frames at its end don't count. */
  stackOf(bytes: Uint8Array, start: number, end: number): StackIndex {
    let last = end;
    while (last > start && bytes[last - 1] === SEMICOLON) last--;
    let depth = bytes === this.#lastBytes && start > this.#lastStart ? this.#sharedDepth(bytes, start, last) : 0;
    let at = depth === 0 ? start : start + this.#ends[depth - 1] + 1;
    let stack = depth === 0 ? NONE : this.#stacks[depth - 1];
    while (at < last) {
      // Of what a stack calls, the callee seen last is the likeliest: to compare with that takes no look into a large table.
      const likely = this.#known[2 * stack + 2];
      let stop = likely === NONE ? NONE : this.#texts.endWhere(this.#known[2 * likely + 3], bytes, at, last, SEMICOLON);
      if (stop !== NONE) {
        stack = likely;
      } else {
        const text = this.#texts.internUntil(bytes, at, last, SEMICOLON);
        stop = at + this.#texts.lengthOf(text);
        if (text === this.#frames.length) this.#frames.push(this.#frameOf(utf8(bytes, at, stop)));
        stack = this.#pushed(stack, text);
      }
      if (depth === this.#ends.length) {
        this.#ends = grown(this.#ends);
        this.#stacks = grown(this.#stacks);
      }
      this.#ends[depth] = stop - start;
      this.#stacks[depth++] = stack;
      at = stop + 1;
    }
    if (bytes !== this.#lastBytes) {
      this.#lastBytes = bytes;
      this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.#lastStart = start;
    this.#lastEnd = last;
    this.#depth = depth;
    return stack;
  }

  #pushed(caller: StackIndex, text: number): StackIndex {
    const frame = this.#frames.at(text);
    if (frame === NONE) return caller;
    const stack = this.#builder.stack(caller, frame);
    if (2 * stack + 3 >= this.#known.length) this.#known = grown(this.#known).fill(NONE, this.#known.length);
    this.#known[2 * caller + 2] = stack;
    this.#known[2 * stack + 3] = text;
    return stack;
  }

  /** How many frames the text has in common with the last one's, from the outermost. */
  #sharedDepth(bytes: Uint8Array, start: number, end: number): number {
    const lastStart = this.#lastStart;
    const most = Math.min(end - start, this.#lastEnd - lastStart);
    const words = this.#words;
    let same = 0;
    while (same + 4 <= most && words.getInt32(start + same) === words.getInt32(lastStart + same)) same += 4;
    while (same < most && bytes[start + same] === bytes[lastStart + same]) same++;
    let depth = this.#depth;
    // A frame is common where what ends it is, too: a semicolon, or the end of this text.
    const isWhole = start + same === end || bytes[start + same] === SEMICOLON;
    while (depth > 0 && (isWhole ? this.#ends[depth - 1] > same : this.#ends[depth - 1] >= same)) depth--;
    return depth;
  }
}

function grown(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}

const SEMICOLON = 0x3b;
