// The grammar of readable C++ and Rust names as far as it takes to find their parts: brackets nest, and `operator<`, `operator()`,
// `operator->` and the arrow of a function type are no brackets. A name is scanned once, in time that grows with its length alone,
// whatever it holds: names come from files.

/** A readable name and, for each place in it, the place after what begins there: a bracketed text, an operator's name, or one letter. */
export interface ScannedName {
  readonly text: string;
  readonly next: Int32Array;
}

/** A stretch of a name: from a place to before another. */
export interface NamePart {
  readonly from: number;
  readonly to: number;
}

export function scanName(text: string): ScannedName {
  const next = new Int32Array(text.length);
  for (let at = 0; at < text.length; at++) next[at] = at + 1;
  const open: number[] = [];
  for (let at = 0; at < text.length; ) {
    const symbol = operatorSymbolEnd(text, at);
    if (symbol > at) {
      next[at] = symbol;
      at = symbol;
      continue;
    }
    const letter = text[at];
    // Between parentheses `<` and `>` may be comparisons; what matters there is where the parentheses end.
    const inner = open.length === 0 ? '' : text[open[open.length - 1]];
    if (CLOSING[letter] !== undefined) {
      if (letter !== '<' || inner !== '(') open.push(at);
    } else if (CLOSES.has(letter) && !isArrow(text, at) && (letter !== '>' || inner !== '(')) {
      // A bracket without its other half is a letter: those opened later than the one that is closed here.
      const match = open.findLastIndex((place) => CLOSING[text[place]] === letter);
      if (match !== -1 && open.length - match <= MOST_UNCLOSED) {
        next[open[match]] = at + 1;
        open.length = match;
      }
    }
    at++;
  }
  skipConversions(text, next);
  return { text, next };
}

/** The parts of a path: what `::` separates outside brackets. `a<b::c>::{lambda(d::e)#1}` has two. */
export function pathParts({ text, next }: ScannedName, from: number, to: number): NamePart[] {
  const parts: NamePart[] = [];
  let start = from;
  for (let at = from; at < to; ) {
    if (text.startsWith('::', at)) {
      parts.push({ from: start, to: at });
      at += 2;
      start = at;
    } else {
      at = next[at];
    }
  }
  parts.push({ from: start, to });
  return parts;
}

const CLOSING: Record<string, string | undefined> = { '<': '>', '(': ')', '[': ']', '{': '}' };
const CLOSES = new Set(['>', ')', ']', '}']);
/** A closing bracket that has more opened ones before it than this is taken for a letter: names that a demangler writes are balanced. */
const MOST_UNCLOSED = 8;
const OPERATOR =
  /^(?:\(\)|\[\]| (?:new|delete|co_await)\b(?:\[\])?|""\s?\w{0,8}|<=>|->\*|<<=|>>=|<<|>>|->|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%^&|]=|[-+*/%^&|~!=<>,])/;

function isOperator(text: string, at: number): boolean {
  return text[at] === 'o' && text.startsWith('operator', at) && (at === 0 || !/[\w$]/.test(text[at - 1]));
}

/** The place after `operator` and the symbol or word it overloads, where such a name begins at `at`: else `at`. */
function operatorSymbolEnd(text: string, at: number): number {
  if (!isOperator(text, at)) return at;
  const symbol = OPERATOR.exec(text.slice(at + 8, at + 24));
  return symbol ? at + 8 + symbol[0].length : at;
}

function isArrow(text: string, at: number): boolean {
  return text[at] === '>' && (text[at - 1] === '-' || text[at - 1] === '=');
}

/** Makes a conversion such as `operator std::vector<int>` one stretch: its type ends where its parameters begin. */
function skipConversions(text: string, next: Int32Array): void {
  for (let at = 0; at < text.length; at++) {
    if (!isOperator(text, at) || next[at] > at + 1 || !/^ [^<(\s]/.test(text.slice(at + 8, at + 10))) continue;
    let end = at + 9;
    while (end < text.length && text[end] !== '(' && text[end] !== ',' && !CLOSES.has(text[end])) end = next[end];
    next[at] = end;
    at = end - 1;
  }
}
