// The grammar of readable C++ and Rust names as far as it takes to find their parts: brackets nest, and `operator<`, `operator()`,
// `operator->` and the arrow of a function type are no brackets.

/** The parts of a path: what `::` separates outside brackets. `a<b::c>::{lambda(d::e)#1}` has two. */
export function nameParts(name: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < name.length; ) {
    if (name.startsWith('::', at)) {
      parts.push(name.slice(start, at));
      at += 2;
      start = at;
    } else {
      at = nextPlace(name, at);
    }
  }
  parts.push(name.slice(start));
  return parts;
}

/** Position of the bracket that closes the one at `open`, or -1. */
export function closingBracket(text: string, open: number): number {
  const close = CLOSING[text[open]];
  if (close === undefined) return -1;
  const expected = [close];
  for (let at = open + 1; at < text.length; ) {
    const operator = operatorEnd(text, at);
    if (operator > at) {
      at = operator;
      continue;
    }
    const letter = text[at];
    const isArrow = letter === '>' && (text[at - 1] === '-' || text[at - 1] === '=');
    if (letter === expected[expected.length - 1] && !isArrow) {
      expected.pop();
      if (expected.length === 0) return at;
    } else if (CLOSING[letter] !== undefined && !(letter === '<' && expected.at(-1) === ')')) {
      expected.push(CLOSING[letter]);
    }
    at++;
  }
  return -1;
}

/** Position after `operator` and what it overloads, where such a name begins at `at`: else `at`. A conversion's type reaches to the end. */
export function operatorEnd(text: string, at: number): number {
  if (!text.startsWith('operator', at) || (at > 0 && /[\w$]/.test(text[at - 1]))) return at;
  const rest = text.slice(at + 8, at + 8 + 16);
  const symbol = OPERATOR.exec(rest);
  if (symbol) return at + 8 + symbol[0].length;
  if (!/^ [^<(\s]/.test(rest)) return at;
  // A conversion: its type ends where its parameters begin.
  let end = at + 9;
  while (end < text.length && text[end] !== '(' && !CLOSES.has(text[end]) && text[end] !== ',') {
    end = text[end] === '<' || text[end] === '[' ? pastBracket(text, end) : end + 1;
  }
  return end;
}

/** The place after the bracketed text, the operator's name or the letter at `at`. */
export function nextPlace(text: string, at: number): number {
  const operator = operatorEnd(text, at);
  if (operator > at) return operator;
  return CLOSING[text[at]] === undefined ? at + 1 : pastBracket(text, at);
}

const CLOSING: Record<string, string | undefined> = { '<': '>', '(': ')', '[': ']', '{': '}' };
const CLOSES = new Set(['>', ')', ']', '}']);
const OPERATOR =
  /^(?:\(\)|\[\]| (?:new|delete|co_await)\b(?:\[\])?|""\s?\w*|<=>|->\*|<<=|>>=|<<|>>|->|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%^&|]=|[-+*/%^&|~!=<>,])/;

function pastBracket(text: string, at: number): number {
  const close = closingBracket(text, at);
  return close === -1 ? at + 1 : close + 1;
}
