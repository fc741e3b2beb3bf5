import { CutShort } from './byte-cursor.ts';
import type { ByteSource } from './byte-source.ts';
import { utf8 } from './utf8.ts';

/** Reads a source byte by byte from its start, some of it in memory at a time. Throws CutShort where it ends within what is read. */
export class ByteStream {
  readonly #source: ByteSource;
  readonly #buffer: Uint8Array;
  #filled = 0;
  #at = 0;
  #before = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#buffer = new Uint8Array(Math.min(BUFFER_BYTES, Math.max(1, source.size)));
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#before + this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#filled && !this.#fill();
  }

  u8(): number {
    if (this.#at === this.#filled && !this.#fill()) throw new CutShort();
    return this.#buffer[this.#at++];
  }

  /** Text that a zero ends. Bytes past `most` are read and left out. */
  textUntilZero(most: number): string {
    const start = this.#at;
    const zero = this.#buffer.indexOf(0, start);
    if (zero !== -1 && zero < this.#filled && zero - start <= most) {
      this.#at = zero + 1;
      return utf8(this.#buffer, start, zero);
    }
    const bytes: number[] = [];
    for (let byte = this.u8(); byte !== 0; byte = this.u8()) if (bytes.length < most) bytes.push(byte);
    return utf8(Uint8Array.from(bytes), 0, bytes.length);
  }

  #fill(): boolean {
    this.#before += this.#filled;
    this.#at = 0;
    this.#filled = this.#source.read(this.#buffer, this.#before);
    return this.#filled > 0;
  }
}

const BUFFER_BYTES = 1 << 20;
