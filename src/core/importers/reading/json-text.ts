import { utf8 } from './utf8.ts';

/** Text between the quotes of a JSON string, from `start` to `end`; undefined where an escape isn't sound. */
export function jsonText(bytes: Uint8Array, start: number, end: number): string | undefined {
  const raw = bytes.subarray(start, end);
  let backslash = raw.indexOf(BACKSLASH);
  if (backslash === -1) return utf8(raw, 0, raw.length);
  const parts: string[] = [];
  let from = 0;
  while (backslash !== -1) {
    parts.push(utf8(raw, from, backslash));
    const letter = String.fromCharCode(raw[backslash + 1]);
    const escaped = letter === 'u' ? unit(raw, backslash + 2) : ESCAPED.get(letter);
    if (escaped === undefined) return undefined;
    parts.push(escaped);
    from = backslash + (letter === 'u' ? 6 : 2);
    backslash = raw.indexOf(BACKSLASH, from);
  }
  parts.push(utf8(raw, from, raw.length));
  return parts.join('');
}

/** A UTF-16 code unit in four hexadecimal digits; a half of a pair may stand alone. */
function unit(raw: Uint8Array, start: number): string | undefined {
  const digits = utf8(raw, start, Math.min(raw.length, start + 4));
  return /^[0-9a-fA-F]{4}$/.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : undefined;
}

const BACKSLASH = 0x5c;
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
