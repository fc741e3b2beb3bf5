import { MalformedPattern } from './malformed-pattern.ts';

/** Reads a pattern's text from left to right. */
export class PatternReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  /** How many characters (UTF-16 units) were read: the place of the last one, counted from 1. */
  get place(): number {
    return this.#at;
  }

  problem(what: string): MalformedPattern {
    return new MalformedPattern(this.#source, what);
  }

  /** The next character, whole where it is two UTF-16 units. */
  next(): string {
    if (this.isAtEnd) throw this.problem('ends too early');
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at)!);
    this.#at += character.length;
    return character;
  }

  /** Reads over this text where it comes next. */
  take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** Reads over what matches an expression that begins with `^` and can match few characters. */
  takeMatch(expression: RegExp): RegExpExecArray | undefined {
    const match = expression.exec(this.#source.slice(this.#at, this.#at + LONGEST_TOKEN));
    if (!match) return undefined;
    this.#at += match[0].length;
    return match;
  }

  /** `*`, `+`, `?` or `{n,m}`, with a `?` after it that asks for the shortest match, which changes nothing of whether there is one. */
  repeat(): { least: number; most: number } | undefined {
    const match = this.takeMatch(/^(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/);
    if (!match) return undefined;
    const [, sign, low, comma, high] = match;
    if (sign) return REPEATS[sign];
    // `{2 3}` and `{,3}` are no repetition but characters, and don't come here.
    const least = Number(low);
    const most = high === undefined ? (comma ? Number.POSITIVE_INFINITY : least) : Number(high);
    const largest = most === Number.POSITIVE_INFINITY ? least : most;
    if (least > most || largest > 1000) throw this.problem(`repeats ${match[0]}, allowed are up to 1000 times`);
    return { least, most };
  }

  /** Code points up to `\E` or the end. */
  quoted(): number[] {
    const end = this.#source.indexOf('\\E', this.#at);
    const text = this.#source.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#source.length : end + 2;
    return Array.from(text, (character) => character.codePointAt(0)!);
  }

  /** The character that an escape stands for; its `\` is read already. */
  escapedCharacter(): number {
    const hex = this.takeMatch(/^x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/);
    const octal = hex ? undefined : this.takeMatch(/^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/);
    if (hex || octal) {
      const code = hex ? Number.parseInt(hex[1] ?? hex[2], 16) : Number.parseInt(octal![0], 8);
      if (code <= 0x10ffff) return code;
      throw this.problem(`has a character beyond Unicode before character ${this.#at}`);
    }
    const character = this.next();
    const known = CONTROLS[character];
    if (known !== undefined) return known;
    const code = character.codePointAt(0)!;
    if (code < 0x80 && !/[0-9A-Za-z]/.test(character)) return code;
    throw this.problem(`has the unknown escape \\${character} at character ${this.#at - 1}`);
  }
}

const REPEATS: Readonly<Record<string, { least: number; most: number }>> = {
  '*': { least: 0, most: Number.POSITIVE_INFINITY },
  '+': { least: 1, most: Number.POSITIVE_INFINITY },
  '?': { least: 0, most: 1 },
};
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const LONGEST_TOKEN = 200;
