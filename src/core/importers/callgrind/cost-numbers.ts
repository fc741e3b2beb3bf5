/**
 * Reads the numbers of a cost line: subpositions, then costs. A subposition is a number, decimal or `0x…`, or is told by the last one:
 * `+3`, `-3`, `*`. (https://valgrind.org/docs/manual/cl-format.html)
 */
export class CostNumbers {
  /** The last line's subpositions, which the next may refer to. */
  readonly positions: number[] = [];
  /** Costs of the last line, as many as there are events: what a line lacks is 0. */
  readonly costs: number[] = [];

  /** Takes a line apart; false where it isn't a cost line. */
  read(bytes: Uint8Array, start: number, end: number, positionCount: number, eventCount: number): boolean {
    let at = start;
    const { positions, costs } = this;
    for (let index = 0; index < positionCount; index++) {
      while (at < end && isBlank(bytes[at])) at++;
      const from = at;
      while (at < end && !isBlank(bytes[at])) at++;
      const value = subposition(bytes, from, at, positions[index] ?? 0);
      if (Number.isNaN(value)) return false;
      this.#next[index] = value;
    }
    let count = 0;
    for (;;) {
      while (at < end && isBlank(bytes[at])) at++;
      if (at === end) break;
      const from = at;
      while (at < end && !isBlank(bytes[at])) at++;
      const isNegative = bytes[from] === MINUS;
      const value = unsigned(bytes, isNegative ? from + 1 : from, at);
      if (Number.isNaN(value)) return false;
      if (count < eventCount) costs[count++] = isNegative ? -value : value;
    }
    while (count < eventCount) costs[count++] = 0;
    for (let index = 0; index < positionCount; index++) positions[index] = this.#next[index];
    return true;
  }

  readonly #next: number[] = [];
}

function subposition(bytes: Uint8Array, start: number, end: number, last: number): number {
  if (end === start) return Number.NaN;
  const sign = bytes[start];
  if (sign === STAR) return end === start + 1 ? last : Number.NaN;
  if (sign === PLUS) return last + unsigned(bytes, start + 1, end);
  if (sign === MINUS) return last - unsigned(bytes, start + 1, end);
  return unsigned(bytes, start, end);
}

/** A number of decimal digits, or of hexadecimal ones after `0x`; NaN where it is none. Exact below 2^53. */
function unsigned(bytes: Uint8Array, start: number, end: number): number {
  const isHex = end - start > 2 && bytes[start] === ZERO && (bytes[start + 1] | 0x20) === LETTER_X;
  if (end === start || end - start > MOST_DIGITS) return Number.NaN;
  let value = 0;
  for (let at = isHex ? start + 2 : start; at < end; at++) {
    const byte = bytes[at];
    const letter = byte | 0x20;
    let digit = byte - ZERO;
    if (isHex && letter >= 0x61 && letter <= 0x66) digit = letter - 0x61 + 10;
    if (digit < 0 || digit > (isHex ? 15 : 9) || (!isHex && byte > 0x39)) return Number.NaN;
    value = value * (isHex ? 16 : 10) + digit;
  }
  return value;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}

/** 64-bit counters have at most 20 digits. */
const MOST_DIGITS = 20;
const ZERO = 0x30;
const LETTER_X = 0x78;
const PLUS = 0x2b;
const MINUS = 0x2d;
const STAR = 0x2a;
