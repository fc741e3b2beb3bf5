import { countOf } from './count-text.ts';

/** Where the parts of a line such as `main;work;sum 12` are. */
export interface FoldedLine {
  /** End of the stack's text (exclusive). */
  stackEnd: number;
  /** The number at the line's end. */
  count: number;
  /** The number before it, or NaN: in a differential file this is `before`, and `count` is `after`. */
  before: number;
}

export function newFoldedLine(): FoldedLine {
  return { stackEnd: 0, count: Number.NaN, before: Number.NaN };
}

/**
 * Finds the parts of a line; false where it doesn't end in a blank and a number. With `takesTwo` a second number before that is no part
 * of the stack, as in what difffolded.pl writes.
 */
export function readFoldedLine(
  bytes: Uint8Array,
  start: number,
  end: number,
  takesTwo: boolean,
  into: FoldedLine,
): boolean {
  let last = end;
  while (last > start && isBlank(bytes[last - 1])) last--;
  const blank = lastBlank(bytes, start, last);
  if (blank < start) return false;
  into.count = countOf(bytes, blank + 1, last);
  if (Number.isNaN(into.count)) return false;
  into.stackEnd = blank;
  into.before = Number.NaN;
  if (!takesTwo) return true;
  const other = lastBlank(bytes, start, blank);
  if (other < start) return true;
  into.before = countOf(bytes, other + 1, blank);
  if (!Number.isNaN(into.before)) into.stackEnd = other;
  return true;
}

function lastBlank(bytes: Uint8Array, start: number, end: number): number {
  let at = end - 1;
  while (at >= start && !isBlank(bytes[at])) at--;
  return at;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}
