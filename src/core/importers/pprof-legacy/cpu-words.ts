import { type ByteSource, readBytes } from '../reading/byte-source.ts';

/** How the words of a binary CPU profile are stored. */
export interface WordLayout {
  readonly bytes: 4 | 8;
  readonly little: boolean;
}

export const WORD_LAYOUTS: readonly WordLayout[] = [
  { bytes: 4, little: true },
  { bytes: 4, little: false },
  { bytes: 8, little: true },
  { bytes: 8, little: false },
];

/** Reads words one after another, in pieces of the source. */
export class WordReader {
  /** Where in the source the next word is. */
  at: number;
  readonly #source: ByteSource;
  readonly #layout: WordLayout;
  #piece: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#piece.buffer);
  #pieceAt = 0;

  constructor(source: ByteSource, at: number, layout: WordLayout) {
    this.#source = source;
    this.at = at;
    this.#layout = layout;
  }

  /** How many whole words are left. */
  get left(): number {
    return Math.floor((this.#source.size - this.at) / this.#layout.bytes);
  }

  /** The next word; `undefined` where the source ends before it does. */
  next(): bigint | undefined {
    const { bytes, little } = this.#layout;
    if (this.at + bytes > this.#pieceAt + this.#piece.length) {
      this.#piece = readBytes(this.#source, this.at, PIECE_BYTES);
      this.#view = new DataView(this.#piece.buffer, this.#piece.byteOffset, this.#piece.length);
      this.#pieceAt = this.at;
      if (this.#piece.length < bytes) return undefined;
    }
    const offset = this.at - this.#pieceAt;
    this.at += bytes;
    return bytes === 8 ? this.#view.getBigUint64(offset, little) : BigInt(this.#view.getUint32(offset, little));
  }
}

const PIECE_BYTES = 1 << 20;
