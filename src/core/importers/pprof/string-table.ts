import { Float64Column } from '../../profile/column.ts';
import { utf8 } from '../reading/utf8.ts';

/** The strings of a pprof file as bytes, made into text when they are asked for. */
export class StringTable {
  #bytes = new Uint8Array(1 << 16);
  #used = 0;
  readonly #ends = new Float64Column(1024);
  /** Times a string was asked for that isn't there. */
  missing = 0;

  get length(): number {
    return this.#ends.length;
  }

  add(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    // Most are short: to make an array of each would take longer.
    const own = this.#bytes;
    if (end - start > SHORT) own.set(bytes.subarray(start, end), this.#used);
    else for (let at = start, to = this.#used; at < end; at++, to++) own[to] = bytes[at];
    this.#used += end - start;
    this.#ends.push(this.#used);
  }

  /** Adds strings that stand one behind the other, by where each ends. */
  addAll(bytes: Uint8Array, ends: Int32Array): void {
    const from = this.#used;
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, from);
    this.#used += bytes.length;
    this.#ends.append(ends, from);
  }

  has(index: number): boolean {
    return index >= 0 && index < this.length;
  }

  /** The text with this number; `''`, and one more that is missing, where there's none. */
  text(index: number): string {
    if (!this.has(index)) {
      this.missing++;
      return '';
    }
    return utf8(this.#bytes, index === 0 ? 0 : this.#ends.at(index - 1), this.#ends.at(index));
  }

  /** The numbers of all strings that are one of these texts, which are ASCII. */
  indicesOf(texts: readonly string[]): Set<number> {
    const found = new Set<number>();
    const ends = this.#ends.finish();
    const lengths = texts.map((text) => text.length);
    for (let index = 0, start = 0; index < ends.length; index++) {
      const end = ends[index];
      if (lengths.includes(end - start) && texts.includes(this.text(index))) found.add(index);
      start = end;
    }
    return found;
  }

  #reserve(more: number): void {
    const needed = this.#used + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, needed));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
  }
}

const SHORT = 64;
