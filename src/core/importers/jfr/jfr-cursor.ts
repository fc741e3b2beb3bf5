import { CutShort } from '../reading/byte-cursor.ts';
import { utf8 } from '../reading/utf8.ts';

/**
 * Reads the primitive values of a chunk. Integers are LEB128 of at most nine bytes, the ninth with all its bits, where the chunk's header
 * says that they are compressed; big-endian of their own width where it doesn't. A 64-bit value is left in two halves, `low` and `high`, so
 * that keys are exact and nothing is allocated for them. Every method throws CutShort where the bytes end before the value does.
 */
export class JfrCursor {
  at = 0;
  /** Halves of the last integer that was read. */
  low = 0;
  high = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #end = 0;
  #isCompressed = true;

  get end(): number {
    return this.#end;
  }

  /** The last integer as a number: exact up to 2^53. */
  get value(): number {
    return this.high === 0 ? this.low >>> 0 : this.high * 2 ** 32 + (this.low >>> 0);
  }

  open(bytes: Uint8Array, at: number, end: number, isCompressed: boolean): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.at = at;
    this.#end = end;
    this.#isCompressed = isCompressed;
  }

  /** Goes to another place in the same bytes. */
  move(at: number, end: number): void {
    this.at = at;
    this.#end = end;
  }

  byte(): void {
    const value = this.#bytes[this.advance(1)];
    this.low = (value << 24) >> 24;
    this.high = this.low >> 31;
  }

  short(): void {
    if (this.#isCompressed) this.#compressed();
    else this.#short();
  }

  int(): void {
    if (this.#isCompressed) this.#compressed();
    else this.#int();
  }

  long(): void {
    if (this.#isCompressed) this.#compressed();
    else this.#long();
  }

  /** A number of things that follow; never more than there are bytes, where each needs one at least. */
  count(): number {
    this.int();
    const count = this.low >>> 0;
    if (this.high > 0 || count > this.#end - this.at) throw new CutShort();
    return count;
  }

  /** Text of an encoding that isn't a reference: 0 null, 1 empty, 3 UTF-8, 4 characters, 5 Latin-1. */
  text(encoding: number): string {
    if (encoding === STRING.characters) return this.#characters();
    if (encoding === STRING.utf8 || encoding === STRING.latin1) {
      const length = this.count();
      const at = this.advance(length);
      const isPlain = encoding === STRING.utf8 || this.#bytes.subarray(at, at + length).every((byte) => byte < 0x80);
      return isPlain ? utf8(this.#bytes, at, at + length) : this.#latin1(at, at + length);
    }
    if (encoding === STRING.none || encoding === STRING.empty) return '';
    throw new CutShort();
  }

  skipText(encoding: number): void {
    if (encoding === STRING.reference) this.long();
    else if (encoding === STRING.utf8 || encoding === STRING.latin1) this.advance(this.count());
    else if (encoding === STRING.characters) for (let left = this.count(); left > 0; left--) this.short();
    else if (encoding !== STRING.none && encoding !== STRING.empty) throw new CutShort();
  }

  /** A text of version 0, where it is wanted; `''` where it isn't. */
  legacyText(isWide: boolean, isWanted: boolean): string {
    if (!isWide) {
      this.#short();
      const length = this.low & 0xffff;
      const at = this.advance(length);
      return isWanted ? utf8(this.#bytes, at, at + length) : '';
    }
    if (isWanted) return this.#characters();
    this.advance(2 * this.count());
    return '';
  }

  /** Goes `length` bytes on; gives where it was. */
  advance(length: number): number {
    const at = this.at;
    if (!(length <= this.#end - at)) throw new CutShort();
    this.at = at + length;
    return at;
  }

  #compressed(): void {
    const bytes = this.#bytes;
    let at = this.at;
    let low = 0;
    let high = 0;
    let byte = bytes[at++];
    low = byte & 0x7f;
    if (byte >= 0x80) {
      byte = bytes[at++];
      low |= (byte & 0x7f) << 7;
      if (byte >= 0x80) {
        byte = bytes[at++];
        low |= (byte & 0x7f) << 14;
        if (byte >= 0x80) {
          byte = bytes[at++];
          low |= (byte & 0x7f) << 21;
          let shift = 28;
          while (byte >= 0x80 && shift < 56) {
            byte = bytes[at++];
            if (shift === 28) low |= (byte & 0x7f) << 28;
            high |= shift === 28 ? (byte & 0x7f) >>> 4 : (byte & 0x7f) << (shift - 32);
            shift += 7;
          }
          if (byte >= 0x80) high |= bytes[at++] << 24;
        }
      }
    }
    if (at > this.#end) throw new CutShort();
    this.at = at;
    this.low = low;
    this.high = high;
  }

  #short(): void {
    this.low = this.#view.getInt16(this.advance(2));
    this.high = this.low >> 31;
  }

  #int(): void {
    this.low = this.#view.getInt32(this.advance(4));
    this.high = this.low >> 31;
  }

  #long(): void {
    const at = this.advance(8);
    this.high = this.#view.getInt32(at);
    this.low = this.#view.getInt32(at + 4);
  }

  #characters(): string {
    let text = '';
    for (let left = this.count(); left > 0; left--) {
      this.short();
      text += String.fromCharCode(this.low & 0xffff);
    }
    return text;
  }

  #latin1(start: number, end: number): string {
    let text = '';
    for (let at = start; at < end; at += MOST_AT_ONCE)
      text += String.fromCharCode(...this.#bytes.subarray(at, Math.min(end, at + MOST_AT_ONCE)));
    return text;
  }
}

/** How a string is written, by the byte that comes before it. */
export const STRING = { none: 0, empty: 1, reference: 2, utf8: 3, characters: 4, latin1: 5 } as const;

/** Characters made in one call, whose arguments they are. */
const MOST_AT_ONCE = 4096;
