import type { Kernel } from './kernel.ts';

interface Exports extends Kernel {
  scratchFor(bytes: number): number;
}

/** The bytes of a text that a kernel looks at: a piece of it, or lines that are elsewhere and are copied to it one by one. */
export class TextPiece {
  readonly #kernel: Exports;
  /** Where the piece is in the kernel's memory. */
  readonly start: number;
  /** Where it ends. */
  end: number;
  #content: Uint8Array | undefined;
  #memory: Uint8Array;

  constructor(kernel: Exports, start: number) {
    this.#kernel = kernel;
    this.start = start;
    this.end = start;
    this.#memory = new Uint8Array(kernel.memory.buffer);
  }

  /** Puts the next piece there: at most PIECE_BYTES. */
  set(content: Uint8Array): void {
    this.bytes.set(content, this.start);
    this.#content = content;
    this.end = this.start + content.length;
  }

  /** Where bytes are in the kernel's memory, to which those that aren't in the piece are copied. */
  placeOf(bytes: Uint8Array, start: number, end: number): number {
    if (bytes === this.#content) return this.start + start;
    const scratch = this.#kernel.scratchFor(end - start);
    this.bytes.set(bytes.subarray(start, end), scratch);
    return scratch;
  }

  /** The kernel's memory: until it grows. */
  get bytes(): Uint8Array {
    const { buffer } = this.#kernel.memory;
    if (this.#memory.buffer !== buffer) this.#memory = new Uint8Array(buffer);
    return this.#memory;
  }
}

/** Most bytes of a piece. */
export const PIECE_BYTES = 1 << 18;
