/** What a value is, by its first byte; `none` where none follows. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'word' | 'none';

export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_FACTOR = 0x01000193;
export const TAB = 0x09;
export const LINE_FEED = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const ZERO = 0x30;
export const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const LETTER_F = 0x66;
export const LETTER_T = 0x74;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

/** By first byte. `I` and `N` start Python's Infinity and NaN. */
export const KIND: readonly JsonKind[] = Array.from({ length: 256 }, (_, byte) => {
  const letter = String.fromCharCode(byte);
  if (letter === '{') return 'object';
  if (letter === '[') return 'array';
  if (letter === '"') return 'string';
  if ('-0123456789IN'.includes(letter)) return 'number';
  return 'tfn'.includes(letter) ? 'word' : 'none';
});

export const IS_IN_NUMBER = byteSet('+-.0123456789eEInfityNa');
/** What can follow a whole number that was read to its end. */
export const IS_PLAIN_END = byteSet(',]} \n\r\t');

export function copied(bytes: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(capacity);
  larger.set(bytes);
  return larger;
}

export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], HASH_FACTOR);
  return hash;
}

/** 1 for each of the letters' bytes. */
function byteSet(letters: string): Uint8Array {
  const set = new Uint8Array(256);
  for (const letter of letters) set[letter.charCodeAt(0)] = 1;
  return set;
}
