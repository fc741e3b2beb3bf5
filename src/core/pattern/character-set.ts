/** Part of a set: a character class in JavaScript's syntax (`\u{61}-\u{7a}`, `\p{Lu}`), or all that isn't in it. */
export interface SetPart {
  readonly source: string;
  readonly negated: boolean;
}

/** A set of characters, by code point; what was asked once is remembered. */
export class CharacterSet {
  readonly #parts: readonly { readonly test: RegExp; readonly negated: boolean }[];
  readonly #negated: boolean;
  readonly #known = new Map<number, boolean>();

  /**
   * A class of one character can't backtrack, so JavaScript's own is taken: with both flags it folds case as Unicode's simple folding
   * does, and so does Go. Each part is folded before it is negated.
   */
  constructor(parts: readonly SetPart[], { negated, foldsCase }: { negated: boolean; foldsCase: boolean }) {
    this.#negated = negated;
    this.#parts = parts.map((part) => ({
      test: new RegExp(`^[${part.source}]$`, foldsCase ? 'iu' : 'u'),
      negated: part.negated,
    }));
  }

  has(code: number): boolean {
    let known = this.#known.get(code);
    if (known === undefined) {
      const character = String.fromCodePoint(code);
      known = this.#parts.some(({ test, negated }) => test.test(character) !== negated) !== this.#negated;
      this.#known.set(code, known);
    }
    return known;
  }
}

/** One character as a part. */
export function oneCharacter(code: number): SetPart {
  return characterRange(code, code);
}

export function characterRange(first: number, last: number): SetPart {
  const text = (code: number) => `\\u{${code.toString(16)}}`;
  return { source: `${text(first)}-${text(last)}`, negated: false };
}

/** `\d`, `\w`, `\s` by their letter: of ASCII, as in RE2. */
export const SHORT_CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_', s: '\\t\\n\\f\\r ' };

/** What stands in `[[:…:]]`. (https://github.com/google/re2/wiki/Syntax) */
export const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\u{0}-\\u{7f}',
  blank: '\\t ',
  cntrl: '\\u{0}-\\u{1f}\\u{7f}',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};
