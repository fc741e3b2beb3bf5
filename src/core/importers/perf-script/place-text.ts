import { ByteInterner } from '../reading/byte-interner.ts';
import { utf8 } from '../reading/utf8.ts';
import { readStackLine, type StackLine } from './stack-line.ts';

/**
 * Reads places of call chains from bytes. A text has ten thousands of them, of some thousand symbols in some modules: here each of these is
 * decoded once. What has another form than `5500802571c7 name+0x1c7 (/path)` is left to `readStackLine`.
 */
export class PlaceText {
  readonly #symbolTexts = new ByteInterner();
  readonly #symbols: string[] = [];
  readonly #moduleTexts = new ByteInterner();
  readonly #modules: string[] = [];

  /** What `readStackLine` makes of the text from `start` to `end`. */
  read(bytes: Uint8Array, start: number, end: number): StackLine | undefined {
    return this.#usual(bytes, start, end) ?? readStackLine(utf8(bytes, start, end));
  }

  #usual(bytes: Uint8Array, start: number, end: number): StackLine | undefined {
    const digits = hexEnd(bytes, start, end);
    if (digits === start || digits - start > 16 || bytes[digits] !== SPACE || bytes[end - 1] !== CLOSE)
      return undefined;
    let open = end - 2;
    while (open > digits && !SPECIAL_IN_MODULE[bytes[open]]) open--;
    if (bytes[open] !== OPEN || bytes[open - 1] !== SPACE || open === end - 2) return undefined;
    const offset = open - 1;
    let symbolEnd = offset - 1;
    while (symbolEnd > digits && isHex(bytes[symbolEnd])) symbolEnd--;
    // `+0x1c7`
    if (bytes[symbolEnd] !== LETTER_X || symbolEnd === offset - 1) return undefined;
    if (bytes[symbolEnd - 1] !== ZERO || bytes[symbolEnd - 2] !== PLUS) return undefined;
    symbolEnd -= 2;
    if (symbolEnd <= digits + 1) return undefined;
    for (let at = digits + 1; at < symbolEnd; at++) if (SPECIAL_IN_SYMBOL[bytes[at]]) return undefined;
    const symbol = textOf(this.#symbolTexts, this.#symbols, bytes, digits + 1, symbolEnd);
    const module = textOf(this.#moduleTexts, this.#modules, bytes, open + 1, end - 1);
    if (module === INLINED || INSTRUCTION.test(symbol)) return undefined;
    WORDS[0] = hexNumber(bytes, Math.max(start, digits - 8), digits);
    WORDS[1] = hexNumber(bytes, start, digits - 8);
    return {
      address: ADDRESS[0],
      symbol,
      module,
      inlined: false,
      hasModule: true,
    };
  }
}

function textOf(texts: ByteInterner, decoded: string[], bytes: Uint8Array, start: number, end: number): string {
  const index = texts.intern(bytes, start, end);
  if (index === decoded.length) decoded.push(utf8(bytes, start, end));
  return decoded[index];
}

function hexEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isHex(bytes[at])) at++;
  return at;
}

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
}

/** The number of up to eight digits. */
function hexNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = (value << 4) | (bytes[at] <= 0x39 ? bytes[at] - ZERO : bytes[at] - 0x57);
  return value;
}

/** A number of 64 bits, and its lower and upper half. */
const ADDRESS = new BigUint64Array(1);
const WORDS = new Uint32Array(ADDRESS.buffer);

/** In the brackets of a module, the mark of what is inlined into the next place. */
const INLINED = 'inlined';
/** No symbol, but what -F +insn,+insnlen prints. */
const INSTRUCTION = /^(insn|ilen):/;
const SPACE = 0x20;
const OPEN = 0x28;
const CLOSE = 0x29;
const PLUS = 0x2b;
const ZERO = 0x30;
const LETTER_X = 0x78;

/** Brackets within a path, blanks in it, an offset behind it; `[unknown]`. */
const SPECIAL_IN_MODULE = isOneOf('() \t+[');
/** Brackets may be part of a name, or mark what is none; a `+` may begin an offset, too. What `trim` may take away isn't taken for sure. */
const SPECIAL_IN_SYMBOL = isOneOf('()[+').map((is, byte) => is || byte <= SPACE || byte >= 0x80);

function isOneOf(characters: string): readonly boolean[] {
  return Array.from({ length: 256 }, (_, byte) => characters.includes(String.fromCharCode(byte)));
}
