import { utf8 } from '../reading/utf8.ts';

/**
 * The number that the bytes from `start` to `end` are, or NaN: `12`, `12.5`, `12.` (as flamegraph.pl has it), `1,234`, `1e+21` and `-3` (as
 * differences are written).
 */
export function countOf(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start || end - start > LONGEST) return Number.NaN;
  // Up to 15 digits every number is exact.
  if (end - start <= 15) {
    let value = 0;
    let at = start;
    for (; at < end; at++) {
      const digit = bytes[at] - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === end) return value;
  }
  const first = bytes[start];
  if (first !== MINUS && (first < ZERO || first > ZERO + 9)) return Number.NaN;
  const text = utf8(bytes, start, end);
  if (!COUNT.test(text)) return Number.NaN;
  const count = Number(text.replaceAll(',', ''));
  return Number.isFinite(count) ? count : Number.NaN;
}

const COUNT = /^-?(\d+(\.\d*)?([eE][+-]?\d+)?|\d{1,3}(,\d{3})+(\.\d*)?)$/;
/** A number of so many digits is no count, nor can a double hold it. */
const LONGEST = 320;
const ZERO = 0x30;
const MINUS = 0x2d;
