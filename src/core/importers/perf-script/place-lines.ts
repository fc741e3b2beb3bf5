import { Int32Column } from '../../profile/column.ts';
import { NONE } from '../../profile/profile.ts';
import { ByteInterner } from '../reading/byte-interner.ts';
import { utf8 } from '../reading/utf8.ts';
import type { EntryIndex, StackFrames } from './stack-frames.ts';
import type { StackLine } from './stack-line.ts';

/** Reads each distinct text of a place in a stack once. */
export class PlaceLines {
  readonly #frames: StackFrames;
  readonly #read: (text: string) => StackLine | undefined;
  readonly #texts = new ByteInterner();
  readonly #entryOfText = new Int32Column();
  /** By text: the one that came after it last, or NONE. What a place was called from, it is likely to be called from again. */
  readonly #next = new Int32Column();
  #last = NONE;
  /** Where the line that `knownAt` found ends. */
  end = 0;

  constructor(frames: StackFrames, read: (text: string) => StackLine | undefined) {
    this.#frames = frames;
    this.#read = read;
  }

  /** The entry of the text from `start` to `end`, or NONE where it is no place in a stack. */
  entryOf(bytes: Uint8Array, start: number, end: number): EntryIndex {
    const text = this.#textOf(bytes, start, end);
    if (text === this.#entryOfText.length) {
      const place = this.#read(utf8(bytes, start, end));
      this.#entryOfText.push(place ? this.#frames.add(place) : NONE);
    }
    return this.#entryOfText.at(text);
  }

  /**
   * The entry of the line that stands at `start` up to its line end, which `end` is then; NONE where that isn't known without reading
   * the line, which `entryOf` does.
   */
  knownAt(bytes: Uint8Array, start: number): EntryIndex {
    const text = this.#texts.knownAt(bytes, start, bytes.length, LINE_END);
    if (text === NONE) return NONE;
    this.end = start + this.#texts.lengthOf(text);
    return this.#entryOfText.at(text);
  }

  #textOf(bytes: Uint8Array, start: number, end: number): number {
    const likely = this.#last === NONE ? NONE : this.#next.at(this.#last);
    const isIt = likely !== NONE && this.#texts.is(likely, bytes, start, end);
    const text = isIt ? likely : this.#texts.intern(bytes, start, end);
    if (text === this.#next.length) this.#next.push(NONE);
    if (!isIt && this.#last !== NONE) this.#next.set(this.#last, text);
    this.#last = text;
    return text;
  }
}

const LINE_END = 0x0a;
