import { type ByteSource, readBytes } from './byte-source.ts';

/** A text as UTF-8, and where in the input an offset in that lies. */
export interface Utf8Input {
  readonly source: ByteSource;
  offsetOf(offset: number): number;
}

/**
 * The source itself, or, where it is UTF-16 (with a byte order mark, or with a zero beside its first character), that in UTF-8. Then it
 * can be read forwards only: each read starts where the one before ended.
 */
export function inUtf8(source: ByteSource): Utf8Input {
  const isLittle = utf16Order(readBytes(source, 0, 4));
  if (isLittle === undefined) return { source, offsetOf: (offset) => offset };
  const transcoder = new Utf16Transcoder(source, isLittle);
  return {
    source: {
      name: source.name,
      // A unit of two bytes becomes three at most; the true size isn't known before the end.
      size: Math.ceil(source.size / 2) * 3,
      read: (into) => transcoder.read(into),
    },
    offsetOf(offset) {
      const again = new Utf16Transcoder(source, isLittle);
      const piece = new Uint8Array(PIECE_BYTES);
      for (let left = offset; left > 0; ) {
        const read = again.read(piece.subarray(0, Math.min(left, PIECE_BYTES)));
        if (read === 0) break;
        left -= read;
      }
      return again.offset;
    },
  };
}

/** Whether UTF-16 is little-endian; undefined where it isn't UTF-16. */
export function utf16Order(head: Uint8Array): boolean | undefined {
  if (head.length < 2) return undefined;
  if (head[0] === 0xff && head[1] === 0xfe) return true;
  if (head[0] === 0xfe && head[1] === 0xff) return false;
  if (head[0] !== 0 && head[1] === 0) return true;
  return head[0] === 0 && head[1] !== 0 ? false : undefined;
}

/** Makes UTF-8 of UTF-16, piece by piece. Half of a pair without the other becomes U+FFFD. */
export class Utf16Transcoder {
  readonly #source: ByteSource;
  readonly #isLittle: boolean;
  #piece: Uint8Array = new Uint8Array(0);
  #at = 0;
  #base = 0;
  /** Bytes of a character that didn't fit. */
  #pending: number[] = [];

  constructor(source: ByteSource, isLittle: boolean) {
    this.#source = source;
    this.#isLittle = isLittle;
    if (this.#peek() === 0xfeff) this.#at += 2;
  }

  /** Offset in UTF-16 of what comes next. */
  get offset(): number {
    return this.#base + this.#at;
  }

  read(into: Uint8Array): number {
    let length = 0;
    while (length < into.length) {
      const pending = this.#pending.shift();
      if (pending !== undefined) {
        into[length++] = pending;
        continue;
      }
      const unit = this.#peek();
      if (unit === -1) break;
      this.#at += 2;
      if (unit < 0x80) into[length++] = unit;
      else this.#pending.push(...this.#character(unit));
    }
    return length;
  }

  #character(unit: number): number[] {
    let point = unit;
    if (unit >= 0xd800 && unit < 0xe000) {
      const low = unit < 0xdc00 ? this.#peek() : -1;
      point = 0xfffd;
      if (low >= 0xdc00 && low < 0xe000) {
        this.#at += 2;
        point = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
      }
    }
    const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f);
    if (point < 0x800) return [0xc0 | (point >> 6), tail(0)];
    if (point < 0x10000) return [0xe0 | (point >> 12), tail(6), tail(0)];
    return [0xf0 | (point >> 18), tail(12), tail(6), tail(0)];
  }

  /** The next unit, or -1 at the end; an odd last byte is dropped. */
  #peek(): number {
    if (this.#at + 2 > this.#piece.length) {
      this.#base += this.#at;
      this.#piece = readBytes(this.#source, this.#base, PIECE_BYTES);
      this.#at = 0;
      if (this.#piece.length < 2) return -1;
    }
    const first = this.#piece[this.#at];
    const second = this.#piece[this.#at + 1];
    return this.#isLittle ? first | (second << 8) : (first << 8) | second;
  }
}

const PIECE_BYTES = 1 << 16;
