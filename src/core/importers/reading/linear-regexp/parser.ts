import { type Assertion, isWord } from './instructions.ts';

/** A pattern as a tree. */
export type Node =
  | { readonly kind: 'class'; readonly has: (codePoint: number) => boolean }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number };

/** The pattern isn't one of Go's, has something that isn't understood here, or takes too long. */
export class UnsupportedPattern extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'UnsupportedPattern';
  }
}

export function parsed(pattern: string): Node {
  const parser = new Parser(pattern);
  const node = parser.choice({ ignoresCase: false, dotIsAll: false, lines: false }, 0);
  if (parser.at < pattern.length) throw new UnsupportedPattern('a ) closes nothing');
  return node;
}

interface Flags {
  readonly ignoresCase: boolean;
  readonly dotIsAll: boolean;
  readonly lines: boolean;
}

type Has = (codePoint: number) => boolean;

class Parser {
  at = 0;
  readonly #pattern: string;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Alternatives, up to a `)` or the end. */
  choice(outer: Flags, depth: number): Node {
    if (depth > DEEPEST) throw new UnsupportedPattern('it is nested too deep');
    let flags = outer;
    const choices: Node[] = [];
    let parts: Node[] = [];
    while (this.at < this.#pattern.length && this.#peek() !== ')') {
      if (this.#take('|')) {
        choices.push({ kind: 'sequence', parts });
        parts = [];
        continue;
      }
      const changed = this.#flags(flags);
      if (changed && this.#take(')')) {
        flags = changed;
        continue;
      }
      parts.push(this.#repeated(this.#atom(changed ?? flags, changed !== undefined, depth)));
    }
    choices.push({ kind: 'sequence', parts });
    return choices.length === 1 ? choices[0] : { kind: 'choice', parts: choices };
  }

  /** `(?i`, up to the colon or the bracket that ends it; `undefined` where the pattern goes on with something else. */
  #flags(flags: Flags): Flags | undefined {
    const found = /^\(\?([imsU]*)(?:-([imsU]+))?(?=[:)])/.exec(this.#pattern.slice(this.at, this.at + 20));
    if (!found) return undefined;
    this.at += found[0].length;
    const [, on, off = ''] = found;
    const isOn = (flag: string, before: boolean) => (before || on.includes(flag)) && !off.includes(flag);
    return {
      ignoresCase: isOn('i', flags.ignoresCase),
      lines: isOn('m', flags.lines),
      dotIsAll: isOn('s', flags.dotIsAll),
    };
  }

  #atom(flags: Flags, isGroup: boolean, depth: number): Node {
    if (isGroup || this.#take('(')) return this.#group(flags, isGroup, depth);
    if (this.#take('[')) return { kind: 'class', has: this.#class(flags) };
    if (this.#take('.')) return { kind: 'class', has: flags.dotIsAll ? () => true : (point) => point !== 0x0a };
    if (this.#take('^')) return { kind: 'assertion', assertion: flags.lines ? 'line start' : 'text start' };
    if (this.#take('$')) return { kind: 'assertion', assertion: flags.lines ? 'line end' : 'text end' };
    if (this.#take('\\')) return this.#escape(flags);
    if ('*+?'.includes(this.#peek())) throw new UnsupportedPattern(`nothing stands before a ${this.#peek()}`);
    return { kind: 'class', has: literal(this.#point(), flags) };
  }

  #group(flags: Flags, hasFlags: boolean, depth: number): Node {
    if (hasFlags) this.#take(':');
    const name = /^\?P?<\w+>/.exec(this.#pattern.slice(this.at, this.at + 100));
    if (name) this.at += name[0].length;
    if (this.#peek() === '?') throw new UnsupportedPattern('a group is of a kind that is not known');
    const node = this.choice(flags, depth + 1);
    if (!this.#take(')')) throw new UnsupportedPattern('a ( is not closed');
    return node;
  }

  #repeated(part: Node): Node {
    let node = part;
    let isFirst = true;
    for (;;) {
      const counts = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(this.#pattern.slice(this.at, this.at + 20));
      if (!counts) return node;
      if (!isFirst) throw new UnsupportedPattern('what is repeated is repeated again');
      isFirst = false;
      const [text, sign, from, comma, to] = counts;
      const least = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
      const none = Number.POSITIVE_INFINITY;
      const most =
        sign === undefined ? (comma === undefined ? least : to === '' ? none : Number(to)) : sign === '?' ? 1 : none;
      if (least > 1000 || (most !== none && (most > 1000 || most < least)))
        throw new UnsupportedPattern(`${text} is no count of repeats`);
      this.at += text.length;
      node = { kind: 'repeat', part: node, least, most };
    }
  }

  #escape(flags: Flags): Node {
    const letter = this.#peek();
    if (letter === 'Q') {
      this.at++;
      const end = this.#pattern.indexOf('\\E', this.at);
      const text = this.#pattern.slice(this.at, end === -1 ? undefined : end);
      this.at = end === -1 ? this.#pattern.length : end + 2;
      const parts = Array.from(text, (char): Node => ({ kind: 'class', has: literal(char.codePointAt(0)!, flags) }));
      return { kind: 'sequence', parts };
    }
    if (Object.hasOwn(ASSERTIONS, letter)) {
      this.at++;
      return { kind: 'assertion', assertion: ASSERTIONS[letter] };
    }
    const perl = this.#perlClass();
    return { kind: 'class', has: perl ?? literal(this.#escapedPoint(), flags) };
  }

  /** `\d` and its like, after the backslash; `undefined` where there's none. */
  #perlClass(): Has | undefined {
    const letter = this.#peek();
    const has = Object.hasOwn(PERL_CLASSES, letter.toLowerCase()) ? PERL_CLASSES[letter.toLowerCase()] : undefined;
    if (!has) return undefined;
    this.at++;
    return letter === letter.toLowerCase() ? has : (point) => !has(point);
  }

  /** A character written with a backslash, after it. */
  #escapedPoint(): number {
    const found = /^(?:x([\da-fA-F]{2})|x\{([\da-fA-F]{1,6})\}|([0-7]{3})|0)/.exec(
      this.#pattern.slice(this.at, this.at + 10),
    );
    if (found) {
      this.at += found[0].length;
      const [, short, long, octal] = found;
      return octal === undefined ? Number.parseInt(short ?? long ?? '0', 16) : Number.parseInt(octal, 8);
    }
    const letter = this.#peek();
    if (Object.hasOwn(CONTROLS, letter)) {
      this.at++;
      return CONTROLS[letter];
    }
    if (letter === '' || isWord(letter.charCodeAt(0))) throw new UnsupportedPattern(`\\${letter} is not known`);
    return this.#point();
  }

  #class(flags: Flags): Has {
    const isNegated = this.#take('^');
    const parts: Has[] = [];
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      if (this.at >= this.#pattern.length) throw new UnsupportedPattern('a [ is not closed');
      const posix = /^\[:(\^?)(\w+):\]/.exec(this.#pattern.slice(this.at, this.at + 20));
      if (posix) {
        const name = posix[2];
        if (!Object.hasOwn(POSIX_CLASSES, name)) throw new UnsupportedPattern(`[:${name}:] is not known`);
        const members = POSIX_CLASSES[name];
        const has = (point: number) => point >= 0 && point < 0x80 && members.test(String.fromCharCode(point));
        parts.push(posix[1] === '' ? has : (point) => !has(point));
        this.at += posix[0].length;
        continue;
      }
      const isEscaped = this.#take('\\');
      const perl = isEscaped ? this.#perlClass() : undefined;
      if (perl) {
        parts.push(perl);
        continue;
      }
      const from = isEscaped ? this.#escapedPoint() : this.#point();
      const isRange = this.#peek() === '-' && this.#pattern[this.at + 1] !== ']' && this.at + 1 < this.#pattern.length;
      if (isRange) this.at++;
      const to = !isRange ? from : this.#take('\\') ? this.#escapedPoint() : this.#point();
      if (to < from) throw new UnsupportedPattern('a range ends before it begins');
      parts.push(inAnyCase((point) => point >= from && point <= to, flags));
    }
    this.at++;
    const has: Has = (point) => parts.some((part) => part(point));
    return isNegated ? (point) => !has(point) : has;
  }

  #peek(): string {
    return this.#pattern[this.at] ?? '';
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.at++;
    return true;
  }

  #point(): number {
    const point = this.#pattern.codePointAt(this.at)!;
    this.at += point > 0xffff ? 2 : 1;
    return point;
  }
}

function literal(point: number, flags: Flags): Has {
  return inAnyCase((other) => other === point, flags);
}

function inAnyCase(has: Has, { ignoresCase }: Flags): Has {
  if (!ignoresCase) return has;
  return (point) => {
    const char = String.fromCodePoint(point);
    return has(point) || has(char.toLowerCase().codePointAt(0)!) || has(char.toUpperCase().codePointAt(0)!);
  };
}

const DEEPEST = 200;

const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: 'text start',
  z: 'text end',
  b: 'word boundary',
  B: 'no word boundary',
};

const PERL_CLASSES: Readonly<Record<string, Has>> = {
  d: (point) => point >= 0x30 && point <= 0x39,
  s: (point) => point === 0x20 || point === 0x09 || point === 0x0a || point === 0x0c || point === 0x0d,
  w: isWord,
};

const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

const POSIX_CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  ascii: /[\s\S]/,
  blank: /[\t ]/,
  cntrl: /[^ -~]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /\w/,
  xdigit: /[0-9A-Fa-f]/,
};
