import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import { ZstdBlocks } from '../reading/zstd-blocks.ts';
import type { Section } from './file-header.ts';
import { RECORD } from './record-types.ts';

/**
 * Walks the records of a data section one by one without an object for each: `next()` sets the fields. Compressed records are not
 * shown: the records inside are walked in their place. Stops at the end, or where it can't go on, which `stoppedBecause` then tells.
 */
export class RecordReader {
  type = 0;
  misc = 0;
  /** Bytes of the record, header included. */
  size = 0;
  /** Where the record starts in `view` and in `bytes`. They are used again: nothing may be kept of them. */
  at = 0;
  view: DataView;
  bytes: Uint8Array;
  /** The same bytes by four, in the order of this machine. */
  words: Int32Array;
  stoppedBecause: string | undefined;
  readonly little: boolean;
  readonly #source: ByteSource;
  readonly #watch: ImportWatch;
  /** Where the data ends in the file. */
  readonly #end: number;
  readonly #outer: Window;
  /** Place in the file of the outer window's first byte. */
  #offset: number;
  #inflating: Inflating | undefined;
  /** Bytes to skip before the next record. */
  #follows = 0;

  constructor(source: ByteSource, data: Section, little: boolean, watch: ImportWatch) {
    this.little = little;
    this.#source = source;
    this.#watch = watch;
    this.#end = data.offset + data.size;
    this.#offset = data.offset;
    this.#outer = emptyWindow(Math.max(HEADER_BYTES, Math.min(CHUNK_BYTES, data.size)));
    this.view = this.#outer.view;
    this.bytes = this.#outer.bytes;
    this.words = this.#outer.words;
  }

  /** Place in the file of the record, or just behind the compressed record it came in. */
  get position(): number {
    return this.#offset + (this.view === this.#outer.view ? this.at : this.#outer.next);
  }

  next(): boolean {
    if (this.#follows > 0) this.#skip();
    for (;;) {
      const inflating = this.#inflating;
      if (inflating) {
        if (this.#take(inflating.window)) return true;
        if (this.stoppedBecause) return false;
        if (inflating.at < inflating.end) {
          if (!this.#inflate(inflating)) return false;
          continue;
        }
      }
      const outer = this.#outer;
      if (!this.#take(outer)) {
        if (this.stoppedBecause || !(this.#fill() || this.#endInflating())) return false;
        continue;
      }
      if (this.type === RECORD.COMPRESSED || this.type === RECORD.COMPRESSED2) {
        this.#startInflating();
        continue;
      }
      if (this.type === RECORD.AUXTRACE || this.type === RECORD.HEADER_TRACING_DATA) this.#follows = this.#following();
      return true;
    }
  }

  /** Bytes that follow these records and aren't counted in their size, though their first field tells. */
  #following(): number {
    const place = this.at + HEADER_BYTES;
    if (this.type === RECORD.AUXTRACE) {
      return this.size < HEADER_BYTES + 8 ? 0 : Number(this.view.getBigUint64(place, this.little));
    }
    return this.size < HEADER_BYTES + 4 ? 0 : Math.ceil(this.view.getUint32(place, this.little) / 8) * 8;
  }

  #skip(): void {
    const outer = this.#outer;
    const inWindow = Math.min(this.#follows, outer.length - outer.next);
    outer.next += inWindow;
    if (this.#follows > inWindow) {
      this.#offset += outer.next + (this.#follows - inWindow);
      outer.next = 0;
      outer.length = 0;
    }
    this.#follows = 0;
  }

  /** Shows the window's next record, if the whole of it is there. */
  #take(window: Window): boolean {
    const at = window.next;
    if (at + HEADER_BYTES > window.length) return false;
    const size = window.view.getUint16(at + 6, this.little);
    if (size < HEADER_BYTES) {
      this.#stop(`a record says it has ${size} bytes, where ${HEADER_BYTES} is the least`);
      return false;
    }
    if (at + size > window.length) return false;
    window.next = at + size;
    this.type = window.view.getUint32(at, this.little);
    this.misc = window.view.getUint16(at + 4, this.little);
    this.size = size;
    this.at = at;
    this.view = window.view;
    this.bytes = window.bytes;
    this.words = window.words;
    return true;
  }

  /** Moves what is left of the outer window to its front and reads on. False at the end. */
  #fill(): boolean {
    const window = this.#outer;
    const left = window.length - window.next;
    window.bytes.copyWithin(0, window.next, window.length);
    this.#offset += window.next;
    window.next = 0;
    const from = this.#offset + left;
    const into = window.bytes.subarray(left, left + Math.max(0, this.#end - from));
    const got = into.length > 0 && from < this.#end ? this.#source.read(into, from) : 0;
    window.length = left + got;
    this.#watch.progress(Math.min(this.#end, from + got));
    if (got === 0 && (left > 0 || from > this.#end)) this.#stop('the recording ends inside a record');
    return got > 0;
  }

  #startInflating(): void {
    if (!this.#inflating) {
      const window = emptyWindow(CHUNK_BYTES);
      const blocks = new ZstdBlocks((content) => {
        window.bytes.copyWithin(0, window.next, window.length);
        window.length -= window.next;
        window.next = 0;
        if (window.length + content.length > window.bytes.length) throw new Error('a block larger than a block may be');
        window.bytes.set(content, window.length);
        window.length += content.length;
        if (this.#inflating) this.#inflating.given += content.length;
      });
      this.#inflating = { window, blocks, at: 0, end: 0, taken: 0, given: 0, hasEnded: false };
    }
    const end = this.at + this.size;
    const head = this.type === RECORD.COMPRESSED2 ? 2 * HEADER_BYTES : HEADER_BYTES;
    const said =
      head < this.size && head > HEADER_BYTES ? this.view.getUint32(this.at + HEADER_BYTES, this.little) : this.size;
    this.#inflating.at = Math.min(end, this.at + head);
    this.#inflating.end = Math.min(end, this.#inflating.at + said);
  }

  #inflate(inflating: Inflating): boolean {
    try {
      const from = inflating.at;
      inflating.at = inflating.blocks.push(this.#outer.bytes.subarray(0, inflating.end), from);
      inflating.taken += inflating.at - from;
      if (inflating.given > MOST_GROWTH * inflating.taken + CHUNK_BYTES) {
        throw new Error(`it becomes more than ${MOST_GROWTH} times as large`);
      }
      return true;
    } catch (error) {
      this.#stop(`a compressed record can't be inflated (${error instanceof Error ? error.message : error})`);
      return false;
    }
  }

  /** Whether anything more comes at the end of the recording. */
  #endInflating(): boolean {
    const inflating = this.#inflating;
    if (!inflating || inflating.hasEnded) return false;
    inflating.hasEnded = true;
    const { given } = inflating;
    inflating.blocks.end();
    if (inflating.given === given && inflating.window.next < inflating.window.length) {
      this.#stop('the recording ends inside a record');
    }
    return inflating.given > given;
  }

  #stop(reason: string): void {
    this.stoppedBecause = `${reason} (at byte ${this.#offset + this.#outer.next})`;
  }
}

/** Bytes read at a time. A record has less than 64 KiB, a block of compressed ones at most 128 KiB, so there's always room for one. */
const CHUNK_BYTES = 1 << 18;
const HEADER_BYTES = 8;
/** Far more than records can be compressed by: what goes beyond was made to fill memory. */
const MOST_GROWTH = 256;

interface Window {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly words: Int32Array;
  /** Where the next record starts, and where the bytes that are there end. */
  next: number;
  length: number;
}

interface Inflating {
  readonly window: Window;
  readonly blocks: ZstdBlocks;
  /** What is still to be inflated of the compressed record, in the outer window. */
  at: number;
  end: number;
  /** Bytes of all compressed records that were inflated, and what they became. */
  taken: number;
  given: number;
  hasEnded: boolean;
}

function emptyWindow(size: number): Window {
  const buffer = new ArrayBuffer(Math.ceil(size / 8) * 8);
  const bytes = new Uint8Array(buffer, 0, size);
  return { bytes, view: new DataView(buffer), words: new Int32Array(buffer), next: 0, length: 0 };
}
