/**
 * Text of the bytes from `start` to `end` (exclusive), read as UTF-8; what is not UTF-8 becomes U+FFFD. (The core compiles without
 * host types, so there's no TextDecoder.)
 */
export function utf8(bytes: Uint8Array, start: number, end: number): string {
  let ascii = start;
  while (ascii < end && bytes[ascii] < 0x80) ascii++;
  let text = '';
  for (let at = start; at < ascii; at += MOST_AT_ONCE)
    text += textOf(bytes.subarray(at, Math.min(ascii, at + MOST_AT_ONCE)));
  let count = 0;
  for (let at = ascii; at < end; ) {
    if (count > MOST_AT_ONCE - 2) {
      text += textOf(UNITS.subarray(0, count));
      count = 0;
    }
    const first = bytes[at++];
    if (first < 0x80) {
      UNITS[count++] = first;
      continue;
    }
    const more = first >= 0xf0 && first < 0xf5 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
    let point = first & (0x3f >> more);
    let taken = 0;
    while (first < 0xf5 && taken < more && at < end && (bytes[at] & 0xc0) === 0x80) {
      point = (point << 6) | (bytes[at++] & 0x3f);
      taken++;
    }
    const surrogate = point >= 0xd800 && point <= 0xdfff;
    const sound = more > 0 && taken === more && point >= LEAST_POINT[more] && point <= 0x10ffff && !surrogate;
    if (!sound) point = 0xfffd;
    if (point >= 0x10000) UNITS[count++] = 0xd7c0 + (point >> 10);
    UNITS[count++] = point < 0x10000 ? point : 0xdc00 + (point & 0x3ff);
  }
  return count === 0 ? text : text + textOf(UNITS.subarray(0, count));
}

/** The zero-terminated text that starts at `start`, or all up to `end` where no zero ends it. */
export function utf8UntilZero(bytes: Uint8Array, start: number, end: number): string {
  const zero = bytes.indexOf(0, start);
  return utf8(bytes, start, zero === -1 || zero > end ? end : zero);
}

/** `apply` takes a quarter of the time that spreading takes. */
function textOf(units: Uint8Array | Uint16Array): string {
  return String.fromCharCode.apply(null, units as unknown as number[]);
}

/** Characters made in one call, whose arguments they are. */
const MOST_AT_ONCE = 4096;
/** What is made into text next, in UTF-16. */
const UNITS = new Uint16Array(MOST_AT_ONCE);

/** Least code point that needs one, two or three continuation bytes. */
const LEAST_POINT = [0, 0x80, 0x800, 0x10000];
