import { strToU8 } from 'fflate';

/** Writes a message of protocol buffers, field by field. Zero and empty are the defaults and are left out. */
export class ProtobufWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;
  /** What a part is written to before its length is known, kept for the next: a profile has a million parts. */
  #part: ProtobufWriter | undefined;

  /**
   * A whole number, from -2^53 to 2^53, or any of 64 bits as a bigint; a negative one takes ten bytes, as `int64` does.
   */
  integer(field: number, value: number | bigint): void {
    if (value === 0 || value === 0n) return;
    this.#varint(field * 8 + VARINT);
    this.#varint(value);
  }

  boolean(field: number, value: boolean): void {
    this.integer(field, value ? 1 : 0);
  }

  /** Written even when empty: as an entry of a table it has a place. */
  text(field: number, value: string): void {
    this.#lengthDelimited(field, strToU8(value));
  }

  /** A field of type message; written even when empty. `message` is for that call alone. */
  message(field: number, write: (message: ProtobufWriter) => void): void {
    const message = this.#emptyPart();
    write(message);
    this.#lengthDelimited(field, message.#written());
  }

  /** A repeated field of whole numbers; zeros have a place in it. */
  integers(field: number, values: Iterable<number>): void {
    const packed = this.#emptyPart();
    for (const value of values) packed.#varint(value);
    if (packed.#length > 0) this.#lengthDelimited(field, packed.#written());
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #emptyPart(): ProtobufWriter {
    this.#part ??= new ProtobufWriter();
    this.#part.#length = 0;
    return this.#part;
  }

  #written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #lengthDelimited(field: number, bytes: Uint8Array): void {
    this.#varint(field * 8 + LENGTH_DELIMITED);
    this.#varint(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #varint(value: number | bigint): void {
    this.#reserve(10);
    if (typeof value === 'number' && value >= 0) {
      let rest = value;
      while (rest >= 0x80) {
        this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
        rest = Math.floor(rest / 0x80);
      }
      this.#bytes[this.#length++] = rest;
      return;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest >= 0x80n) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + length));
    larger.set(this.#written());
    this.#bytes = larger;
  }
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;
