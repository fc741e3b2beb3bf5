import { closeSync, openSync, writeSync } from 'node:fs';
import { plural } from '../core/units.ts';

/**
 * A file for what a tool writes to stderr: all of it, or where it is long, its first megabyte as it comes and its last part at the
 * end, with a line between them on how much is left out. A disk that is full loses the text and stops nothing.
 */
export class StderrFile {
  #file: number | undefined;
  #bytes = 0;
  #tail: Buffer = Buffer.alloc(0);
  #leftOut = 0;

  constructor(path: string) {
    try {
      this.#file = openSync(path, 'w', 0o644);
    } catch {
      this.#file = undefined;
    }
  }

  write(chunk: Buffer): void {
    const head = chunk.subarray(0, Math.max(0, HEAD_BYTES - this.#bytes));
    if (head.length > 0) this.#put(head);
    this.#bytes += head.length;
    if (head.length === chunk.length) return;
    const all = Buffer.concat([this.#tail, chunk.subarray(head.length)]);
    this.#tail = all.subarray(Math.max(0, all.length - TAIL_BYTES));
    this.#leftOut += all.length - this.#tail.length;
  }

  close(): void {
    if (this.#leftOut > 0) this.#put(Buffer.from(`\n… ${this.#leftOut} ${plural(this.#leftOut, 'byte')} left out …\n`));
    this.#put(this.#tail);
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #put(bytes: Buffer): void {
    if (this.#file === undefined) return;
    try {
      writeSync(this.#file, bytes);
    } catch {
      closeSync(this.#file);
      this.#file = undefined;
    }
  }
}

const HEAD_BYTES = 1 << 20;
const TAIL_BYTES = 1 << 16;
