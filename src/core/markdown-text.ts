/**
 * Text of anyone as code in Markdown, on one line. Nothing in it is taken for markup, a link, or the mention of a
 * person or an issue, which an escape doesn't prevent: they are looked for in the finished text, outside code.
 * (https://github.github.com/gfm/#code-spans)
 */
export function codeSpan(text: string, longest = LONGEST): string {
  const line = oneLine(text, longest);
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  // A backtick at an end would belong to the fence; of a space at both ends, one each is taken off.
  const padding = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** The same in a cell of a table, where a bar ends the cell, in code too. (https://github.github.com/gfm/#tables-extension-) */
export function codeCell(text: string): string {
  return codeSpan(text).replaceAll('|', '\\|');
}

/** A sentence in Markdown: markup in it is shown as it is written, and nothing becomes a link or a mention. */
export function prose(text: string, longest = LONGEST_PROSE): string {
  return oneLine(text, longest)
    .replace(/[\\`*_{}[\]<>()#+!|~&$^=]/g, '\\$&')
    .replace(/^(\d+)([.)])(?=\s)/, '$1\\$2')
    .replace(/^-/, '\\-')
    .replace(/@|#(?=\w)|:(?=\/\/)|www(?=\.)/gi, `$&${WORD_JOINER}`);
}

function oneLine(text: string, longest: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
  const line = text.replace(/[\s\0-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Without width; what stands round it is no longer one word. */
const WORD_JOINER = '\u2060';
/** Templates of templates have names of many kilobytes. */
const LONGEST = 200;
const LONGEST_PROSE = 500;
