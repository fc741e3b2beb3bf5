import { strToU8 } from 'fflate';

/** Text that is written piece by piece, as bytes in UTF-8: it may be longer than a string can be. */
export class TextBytes {
  readonly #chunks: Uint8Array[] = [];
  #text = '';
  #length = 0;

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= CHUNK_LENGTH) this.#encode();
  }

  finish(): Uint8Array {
    this.#encode();
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  #encode(): void {
    const chunk = strToU8(this.#text);
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    this.#text = '';
  }
}

const CHUNK_LENGTH = 1 << 20;
