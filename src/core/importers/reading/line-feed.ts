/**
 * Cuts a stream of bytes into lines, without copying those that lie within one chunk. A line ends with LF or CRLF; the line end isn't
 * part of it. A line over `longest` bytes is dropped as a whole and counted.
 */
export class LineFeed {
  /** Lines that were dropped for their length. */
  overlong = 0;
  /** Number of the current line, 1-based. */
  lineNumber = 0;
  readonly #longest: number;
  readonly #line: (bytes: Uint8Array, start: number, end: number) => void;
  readonly #known: ((bytes: Uint8Array, start: number) => number) | undefined;
  #carry = new Uint8Array(4096);
  #carried = 0;
  #skipping = false;

  /**
   * `line` gets bytes it may look at during the call only. `known` may take a line itself, before its end is looked for: it gives the place
   * of its line end then, and -1 where it takes none.
   */
  constructor(
    longest: number,
    line: (bytes: Uint8Array, start: number, end: number) => void,
    known?: (bytes: Uint8Array, start: number) => number,
  ) {
    this.#longest = longest;
    this.#line = line;
    this.#known = known;
  }

  write(bytes: Uint8Array): void {
    let start = 0;
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (start < bytes.length) {
      if (this.#known && this.#carried === 0 && !this.#skipping) {
        const taken = this.#known(bytes, start);
        if (taken !== -1) {
          this.lineNumber++;
          start = taken + 1;
          continue;
        }
      }
      const found = lineEnd(bytes, words, start);
      const end = found === -1 ? bytes.length : found;
      if (found === -1) {
        this.#keep(bytes, start, end);
      } else if (this.#skipping || this.#carried > 0) {
        this.#keep(bytes, start, end);
        this.#endCarried();
      } else {
        this.#give(bytes, start, end);
      }
      start = end + 1;
    }
  }

  /** Gives the last line where no line end follows it; says whether there was one. */
  finish(): boolean {
    const open = this.#carried > 0 || this.#skipping;
    if (open) this.#endCarried();
    return open;
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    if (this.#skipping) return;
    const length = this.#carried + end - start;
    if (length > this.#longest) {
      this.#skipping = true;
      return;
    }
    if (length > this.#carry.length) {
      const larger = new Uint8Array(Math.max(length, this.#carry.length * 2));
      larger.set(this.#carry.subarray(0, this.#carried));
      this.#carry = larger;
    }
    this.#carry.set(bytes.subarray(start, end), this.#carried);
    this.#carried = length;
  }

  #endCarried(): void {
    const length = this.#carried;
    this.#carried = 0;
    if (this.#skipping) {
      this.#skipping = false;
      this.lineNumber++;
      this.overlong++;
    } else {
      this.#give(this.#carry, 0, length);
    }
  }

  #give(bytes: Uint8Array, start: number, end: number): void {
    this.lineNumber++;
    if (end - start > this.#longest) {
      this.overlong++;
      return;
    }
    this.#line(bytes, start, end > start && bytes[end - 1] === 0x0d ? end - 1 : end);
  }
}

/** Where the next line end is, or -1. In short lines it is found sooner than `indexOf` has begun to look. */
function lineEnd(bytes: Uint8Array, words: DataView, start: number): number {
  let at = start;
  for (const most = Math.min(bytes.length - 4, start + SHORT_LINE); at <= most; at += 4) {
    const zeros = words.getInt32(at) ^ LINE_ENDS;
    // Whether one of the four bytes is zero. (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord)
    if (((zeros - 0x01010101) & ~zeros & 0x80808080) === 0) continue;
    while (bytes[at] !== LINE_END) at++;
    return at;
  }
  return bytes.indexOf(LINE_END, at);
}

const LINE_END = 0x0a;
const LINE_ENDS = 0x0a0a0a0a;
const SHORT_LINE = 128;
