import { utf8UntilZero } from './utf8.ts';

/** Reads fields one after another. Every method throws CutShort where the bytes end before the field does. */
export class ByteCursor {
  readonly little: boolean;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array, little: boolean) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.little = little;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), this.little);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), this.little);
  }

  /** What `u32` would read, without going past it; 0 where there's less. */
  peekU32(): number {
    return this.left < 4 ? 0 : this.#view.getUint32(this.#at, this.little);
  }

  i32(): number {
    return this.#view.getInt32(this.#advance(4), this.little);
  }

  wide(): bigint {
    return this.#view.getBigUint64(this.#advance(8), this.little);
  }

  /** A 64-bit number, as near as a double can be: exact below 2^53. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), this.little));
  }

  take(length: number): Uint8Array {
    const at = this.#advance(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** Text in a field of `length` bytes, up to the first zero. */
  text(length: number): string {
    const at = this.#advance(length);
    return utf8UntilZero(this.#bytes, at, at + length);
  }

  /** Text that a zero ends. */
  textUntilZero(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end === -1) throw new CutShort();
    return this.text(end + 1 - this.#at);
  }

  #advance(length: number): number {
    const at = this.#at;
    if (!(length >= 0 && length <= this.#bytes.length - at)) throw new CutShort();
    this.#at = at + length;
    return at;
  }
}

/** Bytes end before a field does. */
export class CutShort extends Error {
  constructor() {
    super('it is cut short');
    this.name = 'CutShort';
  }
}
