import { parsePattern } from './pattern/parse-pattern.ts';
import { isFound } from './pattern/run-program.ts';

/** Whether a regular expression is found anywhere in a text. */
export type Pattern = (text: string) => boolean;

/**
 * A regular expression of RE2's syntax, which is Go's and so that of `go tool pprof`: the same pattern selects the same names in both.
 * A search takes time in proportion to text times pattern whatever they are, where JavaScript's own expressions can take for ever; so a
 * pattern may come from a link, and a name may be a megabyte. The syntax therefore hasn't look-around (`(?=`, `(?<!`) and
 * back-references (`\1`), and has `(?i)` anywhere, `[[:alpha:]]`, `\pL`, `\Q…\E`, `\A`, `\z`. As in Go, `^` and `$` are the text's ends
 * (each line's with `(?m)`), `\d \w \s \b` are of ASCII, and `(?i)` folds all of Unicode letter by letter, in no language's own way.
 * (https://github.com/google/re2/wiki/Syntax)
 *
 * Throws MalformedPattern.
 */
export function compilePattern(source: string): Pattern {
  // Most patterns are a piece of a name, which needs no machine.
  if (!/[\\^$.|?*+()[\]{}]/.test(source)) return (text) => text.includes(source);
  const program = parsePattern(source);
  return (text) => isFound(program, text);
}

/** A pattern that finds exactly this text and nothing longer. */
export function exactly(text: string): string {
  return `^${text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`;
}

export { MalformedPattern } from './pattern/malformed-pattern.ts';
