import { RE2JS } from 're2js';

/** Whether a regular expression is found anywhere in a text. */
export type Pattern = (text: string) => boolean;

/**
 * A regular expression of RE2's syntax, which is Go's and so that of `go tool pprof`: the same pattern selects the same names in both.
 * A search takes time in proportion to the text whatever they are, where JavaScript's own expressions can take for ever; so a pattern
 * may come from a file or a link, and a name may be a megabyte. The syntax therefore hasn't look-around (`(?=`, `(?<!`) and
 * back-references (`\1`), and has `(?i)` anywhere, `[[:alpha:]]`, `\pL`, `\Q…\E`, `\A`, `\z`. (https://github.com/google/re2/wiki/Syntax)
 *
 * Throws MalformedPattern.
 */
export function compilePattern(source: string): Pattern {
  // Most patterns are a piece of a name, which needs no machine.
  if (!/[\\^$.|?*+()[\]{}]/.test(source)) return (text) => text.includes(source);
  try {
    const expression = RE2JS.compile(source);
    return (text) => expression.test(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new MalformedPattern(source, problem.replace(/^error parsing regexp: /, '').slice(0, 2 * MOST_SHOWN));
  }
}

const MOST_SHOWN = 100;

/** A text is no regular expression. */
export class MalformedPattern extends Error {
  constructor(source: string, problem: string) {
    const shown = JSON.stringify(source.length > MOST_SHOWN ? `${source.slice(0, MOST_SHOWN)}…` : source);
    super(`The pattern ${shown} is not a regular expression: ${problem}.`);
    this.name = 'MalformedPattern';
  }
}
