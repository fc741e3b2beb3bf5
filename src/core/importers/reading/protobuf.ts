import type { ByteSource } from './byte-source.ts';

/**
 * Reads one message of protocol buffers, field by field, without making an object of any. 64-bit numbers come in two halves. Format:
 * https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufReader {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  /** The field that `next` found: its number and wire type. */
  field = 0;
  wire = 0;
  /** The number that was read last: its lower and upper 32 bits. */
  low = 0;
  high = 0;
  /** Where the content of the field that `next` found starts and ends, for one with a length. */
  contentStart = 0;
  contentEnd = 0;

  over(bytes: Uint8Array, start: number, end: number): this {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    return this;
  }

  /** Goes to the next field and reads its number, or where its content lies; false at the end. Throws BadProtobuf. */
  next(): boolean {
    if (this.at >= this.end) return false;
    this.start();
    if (this.wire === WIRE.bytes) this.skipContent();
    return true;
  }

  /** Like `next`, where there is one; of a field with a length the content need not be there, and is next. */
  start(): void {
    this.varint();
    const tag = this.low;
    this.wire = tag & 7;
    this.field = tag >>> 3;
    if (this.field === 0 || this.high !== 0) throw badProtobuf('a field has no valid number');
    if (this.wire === WIRE.varint) this.varint();
    else if (this.wire === WIRE.bytes) {
      this.varint();
      this.contentStart = this.at;
      this.contentEnd = this.at + this.uint64;
    } else if (this.wire === WIRE.fixed64) this.#skip(8);
    else if (this.wire === WIRE.fixed32) this.#skip(4);
    else throw badProtobuf(`a field is of the unknown kind ${this.wire}`);
  }

  /** Goes to the end of the content of the field that `start` found. */
  skipContent(): void {
    if (this.contentEnd > this.end) throw badProtobuf('a field is longer than what holds it');
    this.at = this.contentEnd;
  }

  /** Reads a number into `low` and `high`. */
  varint(): void {
    const { bytes, end } = this;
    let at = this.at;
    let low = at < end ? bytes[at] : 0x80;
    let high = 0;
    if (low < 0x80) {
      // Most are of one byte.
      this.at = at + 1;
      this.low = low;
      this.high = 0;
      return;
    }
    low = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= end) throw badProtobuf('a number is cut short');
      const byte = bytes[at++];
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) {
        this.at = at;
        this.low = low;
        this.high = high;
        return;
      }
    }
    throw badProtobuf('a number has more than ten bytes');
  }

  /** The number that was read last, as `int64`; exact within 2^53. */
  get int64(): number {
    return this.high * 0x1_0000_0000 + (this.low >>> 0);
  }

  /** The number that was read last, as `uint64`; exact below 2^53. */
  get uint64(): number {
    return (this.high >>> 0) * 0x1_0000_0000 + (this.low >>> 0);
  }

  #skip(length: number): void {
    if (length > this.end - this.at) throw badProtobuf('a field is cut short');
    this.at += length;
  }
}

/** How a field is stored. Groups (3 and 4) are long out of use and taken for damage. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Bytes are no message. */
export class BadProtobuf extends Error {
  /** What is wrong, in words. */
  problem = '';
}

/**
 * The error to throw where bytes are no message. It is always the same one: a file can have a hundred million messages that are none, and
 * to make an error takes long.
 */
export function badProtobuf(problem: string): BadProtobuf {
  THE_ERROR.problem = problem;
  return THE_ERROR;
}

const THE_ERROR = new BadProtobuf('not a message of protocol buffers');

/**
 * The fields of a message that is a whole file, read in pieces: a field at a time is in memory. Ends where the file does, or where it is
 * no longer sound: then `problem` says why.
 */
export class ProtobufFile {
  /** The bytes of the field that `next` found are in `reader.bytes`, from `reader.contentStart` to `reader.contentEnd`. */
  readonly reader = new ProtobufReader();
  problem = '';
  readonly #source: ByteSource;
  readonly #progress: (bytesRead: number) => void;
  #buffer: Uint8Array;
  /** Where in the source the buffer starts, and how much of it is filled. */
  #offset = 0;
  #filled = 0;
  #reported = 0;

  constructor(source: ByteSource, progress: (bytesRead: number) => void = () => {}, pieceBytes = PIECE_BYTES) {
    this.#source = source;
    this.#progress = progress;
    this.#buffer = new Uint8Array(Math.min(pieceBytes, source.size));
  }

  /** Where in the source the reader is. */
  get offset(): number {
    return this.#offset + this.reader.at;
  }

  /** Where in the source a position of the reader is. */
  offsetOf(at: number): number {
    return this.#offset + at;
  }

  /** Goes past so many bytes, which are whole fields that are in memory. */
  goPast(bytes: number): void {
    this.reader.at += bytes;
  }

  next(): boolean {
    const { reader } = this;
    if (reader.end - reader.at < LONGEST_START) this.#fill(LONGEST_START);
    try {
      if (reader.at < reader.end) {
        this.#start();
        return true;
      }
      if (this.offset < this.#source.size) this.problem = `it could be read up to byte ${this.offset} only`;
      return false;
    } catch (error) {
      if (!(error instanceof BadProtobuf)) throw error;
      this.problem = error.problem;
      reader.at = reader.end;
      return false;
    }
  }

  /** Reads the field at hand; all of its content is in memory then. */
  #start(): void {
    const { reader } = this;
    const { at } = reader;
    reader.start();
    if (reader.wire !== WIRE.bytes) return;
    const length = reader.contentEnd - at;
    if (reader.contentEnd > reader.end && length <= this.#source.size - this.offsetOf(at)) {
      if (length > LONGEST_FIELD) throw badProtobuf(`a field of ${length} bytes is too long`);
      reader.at = at;
      this.#fill(length);
      reader.start();
    }
    reader.skipContent();
  }

  /** Has at least so many bytes from here on in memory, or all that are left. */
  #fill(bytes: number): void {
    const { reader } = this;
    const left = reader.end - reader.at;
    if (bytes <= left || this.#offset + this.#filled >= this.#source.size) return;
    const old = this.#buffer;
    if (bytes > old.length)
      this.#buffer = new Uint8Array(Math.min(bytes + PIECE_BYTES, this.#source.size - this.offset));
    this.#buffer.set(old.subarray(reader.at, reader.end));
    this.#offset += reader.at;
    const from = this.#offset + left;
    const room = this.#buffer.subarray(left, left + Math.min(this.#buffer.length - left, this.#source.size - from));
    this.#filled = left + this.#source.read(room, from);
    reader.over(this.#buffer, 0, this.#filled);
    if (this.offset - this.#reported >= PROGRESS_BYTES) {
      this.#reported = this.offset;
      this.#progress(this.#reported);
    }
  }
}

const PIECE_BYTES = 1 << 20;
const PROGRESS_BYTES = 1 << 22;
/** A field's number and its length take at most so many bytes. */
const LONGEST_START = 20;
/** What is longer is no longer one thing that a person named or measured. */
export const LONGEST_FIELD = 2 ** 30;
