/**
 * A name without its parameters, as `perf report` prints it. Left alone are brackets that aren't the parameters of the
 * whole name: template arguments, `(anonymous namespace)`, the receiver of a Go method (`http.(*Client).Do`),
 * `operator()`, and a function that holds the rest (`f(int)::{lambda()#1}`).
 */
export function withoutParameters(printed: string): string {
  if (!printed.includes('(')) return printed;
  let nested = 0;
  let operatorEnd = -1;
  for (let at = 0; at < printed.length; at++) {
    const char = printed[at];
    if (char === 'o') {
      OPERATOR.lastIndex = at;
      const operator = OPERATOR.exec(printed);
      if (operator) {
        operatorEnd = at + operator[0].length;
        at = operatorEnd - 1;
      }
    } else if (char === '<' || char === '{') {
      nested++;
    } else if ((char === '>' || char === '}') && nested > 0) {
      nested--;
    } else if (char === '(' && nested === 0) {
      const close = closing(printed, at);
      const followsName = at === operatorEnd || (at > 0 && /[\w>\]}$]/.test(printed[at - 1]));
      const isParameters = followsName && !printed.endsWith('decltype', at);
      if (isParameters && !printed.startsWith('::', close + 1)) return printed.slice(0, at);
      at = close;
    }
  }
  return printed;
}

const OPERATOR = /operator(?:\(\)|\[\]|[<>=!+\-*/%^&|~,]+)/y;

/**
 * Where the bracket that opens at `open` closes; the end of the text where it doesn't (perf cuts long names of JIT
 * code).
 */
function closing(printed: string, open: number): number {
  let depth = 0;
  for (let at = open; at < printed.length; at++) {
    if (printed[at] === '(') depth++;
    else if (printed[at] === ')' && --depth === 0) return at;
  }
  return printed.length;
}
