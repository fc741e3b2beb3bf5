import type { EntryIndex } from '../../kernels/perf-stacks.ts';
import { Int32Column } from '../../profile/column.ts';
import { NONE } from '../../profile/profile.ts';
import { ByteInterner } from '../reading/byte-interner.ts';
import { utf8 } from '../reading/utf8.ts';
import type { StackFrames } from './stack-frames.ts';
import type { StackLine } from './stack-line.ts';

/** Reads each distinct text of a place in a stack once. */
export class PlaceLines {
  readonly #frames: StackFrames;
  readonly #read: (text: string) => StackLine | undefined;
  readonly #texts = new ByteInterner();
  readonly #entryOfText = new Int32Column();

  constructor(frames: StackFrames, read: (text: string) => StackLine | undefined) {
    this.#frames = frames;
    this.#read = read;
  }

  /** The entry of the text from `start` to `end`, or NONE where it is no place in a stack. */
  entryOf(bytes: Uint8Array, start: number, end: number): EntryIndex {
    const text = this.#texts.intern(bytes, start, end);
    if (text === this.#entryOfText.length) {
      const place = this.#read(utf8(bytes, start, end));
      this.#entryOfText.push(place ? this.#frames.add(place) : NONE);
    }
    return this.#entryOfText.at(text);
  }
}
