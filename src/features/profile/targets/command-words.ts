import { shellWord } from '../../../core/shell-word.ts';

/**
 * The words of a command line, with quotes and backslashes read as a POSIX shell reads them. Undefined where it takes a shell to run it
 * (pipes, redirections, expansions…) or a quote isn't closed: no shell is ever started. `${name}` variables of the editor stay as they are.
 */
export function commandWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const letter = line[at];
    const variable = quote === "'" ? null : /^\$\{[A-Za-z][^{}]*\}/.exec(line.slice(at));
    if (variable) {
      word = (word ?? '') + variable[0];
      at += variable[0].length - 1;
    } else if (quote === "'") {
      if (letter === "'") quote = '';
      else word += letter;
    } else if (letter === '\\') {
      const next = line[++at];
      if (next === undefined) return undefined;
      word = (word ?? '') + (quote === '"' && !'"\\$`'.includes(next) ? `\\${next}` : next);
    } else if (letter === '$' || letter === '`') {
      return undefined;
    } else if (quote === '"') {
      if (letter === '"') quote = '';
      else word += letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      word ??= '';
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if ('|&;<>()*?[]#~!{}'.includes(letter) && (word === undefined || !'#~!{}'.includes(letter))) {
      return undefined;
    } else word = (word ?? '') + letter;
  }
  if (quote !== '') return undefined;
  if (word !== undefined) words.push(word);
  return words.length === 0 ? undefined : words;
}

/** Words as a command line that `commandWords` reads back, for a person to see and change. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
