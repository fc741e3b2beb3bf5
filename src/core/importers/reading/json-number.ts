/** The number that JSON's bytes from `start` to `end` write, exactly as `Number` reads them; undefined where they are none. */
export function jsonNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  return fastNumber(bytes, start, end) ?? slowNumber(bytes, start, end);
}

/**
 * Digits that make an integer below 2^53, and a power of ten up to 22: both are exact as doubles, so that one division rounds right
 * (Clinger, How to read floating point numbers accurately, 1990).
 */
function fastNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const first = at;
  let value = 0;
  while (at < end && bytes[at] >= ZERO && bytes[at] <= NINE) value = value * 10 + (bytes[at++] - ZERO);
  const whole = at - first;
  if (whole === 0 || bytes[at] !== POINT || (whole > 1 && bytes[first] === ZERO)) return undefined;
  const point = at++;
  while (at < end && bytes[at] >= ZERO && bytes[at] <= NINE) value = value * 10 + (bytes[at++] - ZERO);
  const decimals = at - point - 1;
  if (at < end || decimals === 0 || decimals > 22 || value > Number.MAX_SAFE_INTEGER || whole + decimals > 300) {
    return undefined;
  }
  const size = value / TEN[decimals];
  return first > start ? -size : size;
}

function slowNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]);
  return GRAMMAR.test(text) ? Number(text) : undefined;
}

/** RFC 8259, and what Python writes beyond it. */
const GRAMMAR = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|-?Infinity|NaN)$/;
const TEN = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
