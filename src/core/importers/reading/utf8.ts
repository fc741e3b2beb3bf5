/**
 * Text of the bytes from `start` to `end` (exclusive), read as UTF-8; what is not UTF-8 becomes U+FFFD. (The core compiles without
 * host types, so there's no TextDecoder.)
 */
export function utf8(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; ) {
    let ascii = at;
    while (ascii < end && ascii < at + MOST_AT_ONCE && bytes[ascii] < 0x80) ascii++;
    if (ascii > at) {
      // Five times as fast as spreading them.
      text += String.fromCharCode.apply(null, bytes.subarray(at, ascii) as unknown as number[]);
      at = ascii;
      continue;
    }
    const first = bytes[at++];
    const more = first >= 0xf0 && first < 0xf5 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
    let point = first & (0x3f >> more);
    let taken = 0;
    while (first < 0xf5 && taken < more && at < end && (bytes[at] & 0xc0) === 0x80) {
      point = (point << 6) | (bytes[at++] & 0x3f);
      taken++;
    }
    const surrogate = point >= 0xd800 && point <= 0xdfff;
    const sound = more > 0 && taken === more && point >= LEAST_POINT[more] && point <= 0x10ffff && !surrogate;
    text += sound ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}

/** The zero-terminated text that starts at `start`, or all up to `end` where no zero ends it. */
export function utf8UntilZero(bytes: Uint8Array, start: number, end: number): string {
  const zero = bytes.indexOf(0, start);
  return utf8(bytes, start, zero === -1 || zero > end ? end : zero);
}

/** Characters made in one call, whose arguments they are. */
const MOST_AT_ONCE = 4096;

/** Least code point that needs one, two or three continuation bytes. */
const LEAST_POINT = [0, 0x80, 0x800, 0x10000];
