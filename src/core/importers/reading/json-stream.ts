import type { Float64Column, Int32Column } from '../../profile/column.ts';
import { NONE } from '../../profile/profile.ts';
import { type ImportWatch, MalformedInput } from '../importer.ts';
import { ByteInterner } from './byte-interner.ts';
import type { ByteSource } from './byte-source.ts';
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  copied,
  HASH_FACTOR,
  HASH_SEED,
  hashOf,
  IS_IN_NUMBER,
  IS_PLAIN_END,
  type JsonKind,
  KIND,
  LETTER_F,
  LETTER_T,
  LINE_FEED,
  MINUS,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
  ZERO,
} from './json-bytes.ts';
import { HAS_NO_MORE, type JsonKeys } from './json-keys.ts';
import type { JsonMemo } from './json-memo.ts';
import { jsonNumber } from './json-number.ts';
import { jsonText } from './json-text.ts';
import { inUtf8 } from './utf16-source.ts';

/**
 * Reads JSON from bytes as it comes, a value at a time: the caller knows the shape it expects, takes what it wants and skips the rest.
 * No object is made of what is read, so a file may be larger than a string can be (512 MB in V8), and a key can be any text. Distinct
 * strings are decoded once. (RFC 8259)
 *
 * A value of another kind than is asked for isn't an error: it is skipped, and reads as NaN, as the empty text or as no elements.
 * What isn't JSON throws MalformedInput with the byte. Python's `NaN` and `Infinity` are taken for numbers.
 */
export class JsonStream {
  readonly #format: string;
  readonly #source: ByteSource;
  readonly #input: { readonly source: ByteSource; offsetOf(offset: number): number };
  readonly #inputBytes: number;
  readonly #watch: ImportWatch;
  readonly #isLenient: boolean;
  readonly #strings = new ByteInterner();
  readonly #texts: string[] = [];
  /** The piece that is being read; a zero, which is no part of JSON, follows its last byte and ends every loop over it. */
  #bytes: Uint8Array<ArrayBuffer>;
  #at = 0;
  #end = 0;
  /** Offset of the piece's first byte in the source. */
  #base = 0;
  /** Nothing of the innermost open object or array was read yet. */
  #isFirst = true;
  /** Where `recall` found nothing, counted as `#base` is. */
  #markOffset = 0;
  /** For `skip`: what is open, by depth: 1 for an object. */
  #open = new Uint8Array(64);

  /** `isLenient` allows a comma before a closing bracket, as programs leave it that write a trace until they are killed. */
  constructor(format: string, source: ByteSource, watch: ImportWatch, { isLenient = false } = {}) {
    this.#format = format;
    this.#inputBytes = source.size;
    this.#input = inUtf8(source);
    this.#source = this.#input.source;
    this.#watch = watch;
    this.#isLenient = isLenient;
    this.#bytes = new Uint8Array(Math.min(PIECE_BYTES, source.size * 2 + 2));
    // The empty text is number 0.
    this.#strings.internHashed(this.#bytes, 0, 0, HASH_SEED);
    this.#texts.push('');
    this.#more();
    if (this.#bytes[0] === 0xef && this.#bytes[1] === 0xbb && this.#bytes[2] === 0xbf) this.#at = 3;
  }

  /** Offset in the input of the next byte. */
  get offset(): number {
    return this.#input.offsetOf(this.#base + this.#at);
  }

  /** Whether nothing but blanks follows. */
  get isAtEnd(): boolean {
    return this.#next() === 0 && this.#at === this.#end;
  }

  /** What the next value is; it isn't taken. `none` where none follows. */
  peek(): JsonKind {
    return KIND[this.#next()];
  }

  /** Takes the opening bracket of an object, or skips a value of another kind. Whether `nextKey` is to follow. */
  enterObject(): boolean {
    return this.#enter(OPEN_OBJECT);
  }

  /** Takes the opening bracket of an array, or skips a value of another kind. Whether `nextElement` is to follow. */
  enterArray(): boolean {
    return this.#enter(OPEN_ARRAY);
  }

  #enter(bracket: number): boolean {
    if (this.#next() !== bracket) {
      this.skip();
      return false;
    }
    this.#at++;
    this.#isFirst = true;
    return true;
  }

  /** Whether an element follows in the array; takes the closing bracket where none does. */
  nextElement(): boolean {
    return this.#proceed(CLOSE_ARRAY);
  }

  /**
   * The number in `keys` of the object's next key that is among them, whose value is to be read then; the values of others are
   * skipped. HAS_NO_MORE where there's none; then the closing bracket was taken.
   */
  nextKey(keys: JsonKeys): number {
    while (this.#proceed(CLOSE_OBJECT)) {
      const spelled = keys.spelledAt(this.#bytes, this.#at, this.#end);
      if (spelled !== HAS_NO_MORE) {
        this.#at += keys.spelling[spelled].length;
        return spelled;
      }
      const key = keys.find(this.textAt(this.#key()));
      if (key !== HAS_NO_MORE) {
        keys.follow(key);
        return key;
      }
      this.skip();
    }
    return HAS_NO_MORE;
  }

  /** The object's next key, as the number of its text, or HAS_NO_MORE. For objects whose keys are data. */
  nextAnyKey(): TextNumber {
    return this.#proceed(CLOSE_OBJECT) ? this.#key() : HAS_NO_MORE;
  }

  /** Takes a comma if one is due, or the closing bracket: then false. */
  #proceed(bracket: number): boolean {
    let byte = this.#next();
    if (byte === bracket) {
      this.#at++;
      this.#isFirst = false;
      return false;
    }
    if (this.#isFirst) {
      this.#isFirst = false;
      return true;
    }
    if (byte !== COMMA) this.#fail(`a comma or "${String.fromCharCode(bracket)}"`);
    this.#at++;
    byte = this.#next();
    if (byte !== bracket) return true;
    if (!this.#isLenient) this.#fail('a value after the comma');
    this.#at++;
    return false;
  }

  #key(): TextNumber {
    if (this.#next() !== QUOTE) this.#fail('a key in quotes');
    const text = this.#string();
    if (this.#next() !== COLON) this.#fail('a colon after the key');
    this.#at++;
    return text;
  }

  /** The number of the next value's text: equal texts in equal spelling have equal numbers, and the empty text 0. */
  text(): TextNumber {
    const byte = this.#next();
    if (byte === QUOTE) return this.#string();
    if (KIND[byte] !== 'number') {
      this.skip();
      return 0;
    }
    const start = this.#numberToken();
    return this.#interned(start, this.#at, hashOf(this.#bytes, start, this.#at));
  }

  textAt(text: TextNumber): string {
    return this.#texts[text];
  }

  /** The next value's text. */
  string(): string {
    return this.#texts[this.text()];
  }

  /** The next value's number, exactly; also of a text that is one. NaN for all else. */
  number(): number {
    const first = this.#next();
    const bytes = this.#bytes;
    let at = this.#at;
    if (first === MINUS) at++;
    const start = at;
    let value = 0;
    let digit = bytes[at] - ZERO;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = bytes[++at] - ZERO;
    }
    const digits = at - start;
    // Whole numbers that a double holds exactly, and that end in this piece.
    if (digits > 0 && digits < 16 && IS_PLAIN_END[bytes[at]] === 1 && (digits === 1 || bytes[start] !== ZERO)) {
      this.#at = at;
      return first === MINUS ? -value : value;
    }
    return this.#otherNumber(first);
  }

  #otherNumber(first: number): number {
    if (first === QUOTE) {
      const text = this.string().trim();
      return text === '' ? Number.NaN : Number(text);
    }
    if (KIND[first] !== 'number') {
      this.skip();
      return Number.NaN;
    }
    const start = this.#numberToken();
    const value = jsonNumber(this.#bytes, start, this.#at);
    if (value !== undefined) return value;
    this.#at = start;
    return this.#fail('a number');
  }

  /** Adds the elements of an array of numbers to a column; those of other kinds are NaN, in a column of integers 0. */
  numbers(into: Float64Column | Int32Column): void {
    if (!this.enterArray()) return;
    while (this.nextElement()) into.push(this.number());
  }

  /**
   * Takes the next value if it is an object spelled byte for byte like one that was noted, and gives what was noted with it; else NONE,
   * and nothing is taken. An object's end is where its spelling ends, whatever follows, so it needn't be looked for again.
   */
  recall(memo: JsonMemo): number {
    if (this.#next() !== OPEN_OBJECT) return NONE;
    this.#markOffset = this.#base + this.#at;
    const end = memo.find(this.#bytes, this.#at, this.#end);
    if (end === NONE) return NONE;
    this.#at = end;
    return memo.found;
  }

  /** Notes a number with the object that was read since `recall` found none. */
  note(memo: JsonMemo, value: number): void {
    const start = this.#markOffset - this.#base;
    if (start >= 0) memo.add(this.#bytes, start, this.#at, value);
  }

  /** Whether the next value is `true`. */
  boolean(): boolean {
    const isTrue = this.#next() === LETTER_T;
    this.skip();
    return isTrue;
  }

  /** Takes the next value, whatever it is, without keeping it. */
  skip(): void {
    let depth = 0;
    for (;;) {
      const byte = this.#next();
      if (byte === QUOTE) {
        this.#skipString();
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (depth === this.#open.length) this.#open = copied(this.#open, depth * 2);
        this.#open[depth++] = byte === OPEN_OBJECT ? 1 : 0;
        this.#at++;
        this.#isFirst = true;
      } else if (KIND[byte] === 'number') {
        this.#numberToken();
      } else {
        this.#word(byte);
      }
      // On to the next value of what is open, closing what is done.
      for (;;) {
        if (depth === 0) return;
        if (this.#open[depth - 1] === 1) {
          if (this.#proceed(CLOSE_OBJECT)) {
            this.#skipKey();
            break;
          }
        } else if (this.#proceed(CLOSE_ARRAY)) {
          break;
        }
        depth--;
      }
    }
  }

  #skipKey(): void {
    if (this.#next() !== QUOTE) this.#fail('a key in quotes');
    this.#skipString();
    if (this.#next() !== COLON) this.#fail('a colon after the key');
    this.#at++;
  }

  /** Throws where something follows the outermost value. */
  finish(): void {
    if (!this.isAtEnd) this.#fail('the end');
  }

  /** Throws MalformedInput for the place that has been reached. */
  fail(problem: string): never {
    throw new MalformedInput(this.#format, problem, this.offset);
  }

  /** The next byte that isn't blank; 0 at the end. */
  #next(): number {
    let byte = this.#bytes[this.#at];
    while (byte <= SPACE) {
      if (byte === SPACE || byte === LINE_FEED || byte === RETURN || byte === TAB) this.#at++;
      else if (byte !== 0 || this.#at !== this.#end || !this.#more()) return byte;
      byte = this.#bytes[this.#at];
    }
    return byte;
  }

  #string(): TextNumber {
    let bytes = this.#bytes;
    let at = this.#at + 1;
    let hash = HASH_SEED;
    for (;;) {
      const byte = bytes[at];
      if (byte === QUOTE) break;
      if (byte < SPACE && !(this.#isLenient && byte !== 0)) {
        const length = at - this.#at;
        if (at < this.#end || !this.#more()) {
          this.#at = at;
          this.#fail('the end of a text');
        }
        bytes = this.#bytes;
        at = this.#at + length;
        continue;
      }
      hash = Math.imul(hash ^ byte, HASH_FACTOR);
      at++;
      if (byte !== BACKSLASH) continue;
      // What is escaped may be a quote; the rest of the escape is looked at where the text is decoded.
      if (at === this.#end) {
        const length = at - this.#at;
        this.#more();
        bytes = this.#bytes;
        at = this.#at + length;
      }
      if (bytes[at] < SPACE) continue;
      hash = Math.imul(hash ^ bytes[at], HASH_FACTOR);
      at++;
    }
    const start = this.#at + 1;
    this.#at = at + 1;
    return this.#interned(start, at, hash);
  }

  #interned(start: number, end: number, hash: number): TextNumber {
    const text = this.#strings.internHashed(this.#bytes, start, end, hash);
    if (text < this.#texts.length) return text;
    const decoded = jsonText(this.#bytes, start, end);
    if (decoded === undefined) {
      this.#at = start;
      this.#fail('sound escapes in a text');
    }
    this.#texts.push(decoded);
    return text;
  }

  #skipString(): void {
    let bytes = this.#bytes;
    let at = this.#at + 1;
    for (;;) {
      const byte = bytes[at];
      if (byte === QUOTE) break;
      if (byte < SPACE && !(this.#isLenient && byte !== 0)) {
        const isWhole = at < this.#end;
        this.#at = at;
        if (isWhole || !this.#more()) this.#fail('the end of a text');
        bytes = this.#bytes;
        at = this.#at;
      } else if (byte === BACKSLASH) {
        at++;
        if (at === this.#end) {
          this.#at = at;
          this.#more();
          bytes = this.#bytes;
          at = this.#at;
        }
        if (bytes[at] >= SPACE) at++;
      } else {
        at++;
      }
    }
    this.#at = at + 1;
  }

  /** Takes the bytes of a number, all of them in the piece then, and gives where they start. */
  #numberToken(): number {
    let at = this.#at;
    for (;;) {
      if (IS_IN_NUMBER[this.#bytes[at]] === 1) {
        at++;
        continue;
      }
      const length = at - this.#at;
      if (length > LONGEST_NUMBER) this.#fail(`a number of less than ${LONGEST_NUMBER} characters`);
      if (at < this.#end || !this.#more()) break;
      at = this.#at + length;
    }
    const start = this.#at;
    this.#at = at;
    return start;
  }

  #word(first: number): void {
    const word = first === LETTER_T ? 'true' : first === LETTER_F ? 'false' : 'null';
    if (first !== word.charCodeAt(0)) this.#fail('a value');
    for (let letter = 0; letter < word.length; letter++, this.#at++) {
      if (this.#at === this.#end && !this.#more()) this.#fail(word);
      if (this.#bytes[this.#at] !== word.charCodeAt(letter)) this.#fail(word);
    }
  }

  /** Drops what is before the next byte and reads more of the source behind the rest. False at the source's end. */
  #more(): boolean {
    const left = this.#end - this.#at;
    const offset = this.#base + this.#end;
    if (offset >= this.#source.size) return false;
    if (left > LONGEST_TEXT) this.#fail(`a text of less than ${LONGEST_TEXT} bytes`);
    if (left * 2 > this.#bytes.length) this.#bytes = copied(this.#bytes.subarray(this.#at, this.#end), left * 4);
    else this.#bytes.copyWithin(0, this.#at, this.#end);
    this.#base += this.#at;
    this.#at = 0;
    const read = this.#source.read(this.#bytes.subarray(left, this.#bytes.length - 1), offset);
    this.#end = left + read;
    this.#bytes[this.#end] = 0;
    this.#watch.progress(Math.min(this.#inputBytes, offset + read));
    return read > 0;
  }

  #fail(expected: string): never {
    if (this.#at >= this.#end) throw new MalformedInput(this.#format, `it ends where ${expected} is due`, this.offset);
    const found = String.fromCharCode(this.#bytes[this.#at]);
    return this.fail(`found ${JSON.stringify(found)}, expected ${expected}`);
  }
}

/** Position in the list of distinct texts of a stream. */
export type TextNumber = number;

const PIECE_BYTES = 1 << 18;
/** Longer ones are no names. */
const LONGEST_TEXT = 1 << 26;
const LONGEST_NUMBER = 4096;
