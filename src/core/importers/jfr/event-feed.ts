import { CutShort } from '../reading/byte-cursor.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import { JfrCursor } from './jfr-cursor.ts';

/**
 * Gives a chunk's events one after another, through a window on the file. Events are told by their size and type alone: where a type isn't
 * wanted, nothing else of it is looked at.
 */
export class EventFeed {
  readonly cursor = new JfrCursor();
  /** The current event: where it starts in the file, its size with all of its header, and its type. */
  offset = 0;
  size = 0;
  type = 0;
  readonly #source: ByteSource;
  readonly #end: number;
  readonly #isCompressed: boolean;
  readonly #isLegacy: boolean;
  readonly #window: Uint8Array;
  #bytes: Uint8Array;
  #bytesStart = 0;
  #bytesEnd = 0;
  #headerBytes = 0;

  /** `end` is where the chunk ends in the file. `window` is shared by the chunks of a file. Legacy is version 0. */
  constructor(source: ByteSource, end: number, isCompressed: boolean, window: Uint8Array, isLegacy = false) {
    this.#source = source;
    this.#end = end;
    this.#isCompressed = isCompressed;
    this.#isLegacy = isLegacy;
    this.#window = window;
    this.#bytes = window;
  }

  /** Goes to the event that starts at `offset`. False where there's none: the chunk ends, or what is there can't be an event. */
  seek(offset: number): boolean {
    this.offset = offset;
    this.size = 0;
    const headerEnd = Math.min(this.#end, offset + LONGEST_HEADER);
    if (headerEnd <= offset || !this.#load(offset, headerEnd - offset)) return false;
    const { cursor } = this;
    const start = offset - this.#bytesStart;
    cursor.open(this.#bytes, start, start + headerEnd - offset, this.#isCompressed);
    try {
      cursor.int();
      const size = cursor.low >>> 0;
      if (this.#isLegacy) cursor.int();
      else cursor.long();
      this.type = cursor.value;
      this.#headerBytes = cursor.at - start;
      if (size < this.#headerBytes || size > this.#end - offset) return false;
      this.size = size;
      return true;
    } catch (error) {
      if (error instanceof CutShort) return false;
      throw error;
    }
  }

  /** Goes to the event after the current one. */
  next(): boolean {
    return this.seek(this.offset + this.size);
  }

  /** Opens the cursor at the current event's body. False where the file no longer has it. */
  open(): boolean {
    const end = this.offset + this.size;
    if (this.offset >= this.#bytesStart && end <= this.#bytesEnd) {
      const at = this.offset - this.#bytesStart;
      this.cursor.move(at + this.#headerBytes, at + this.size);
      return true;
    }
    if (!this.#load(this.offset, this.size)) return false;
    const start = this.offset - this.#bytesStart;
    this.cursor.open(this.#bytes, start + this.#headerBytes, start + this.size, this.#isCompressed);
    return true;
  }

  /** Makes bytes of the file lie in `#bytes`. An event that is longer than the window has memory of its own until the next is read. */
  #load(offset: number, length: number): boolean {
    if (offset >= this.#bytesStart && offset + length <= this.#bytesEnd) return true;
    this.#bytes = length > this.#window.length ? new Uint8Array(length) : this.#window;
    const wanted = Math.min(this.#bytes.length, this.#end - offset);
    const got = this.#source.read(this.#bytes.subarray(0, wanted), offset);
    this.#bytesStart = offset;
    this.#bytesEnd = offset + got;
    return got >= length;
  }
}

/** Compressed: five bytes of size, nine of type. */
const LONGEST_HEADER = 14;
