/**
 * Text from a recording or a file, as Markdown that shows just that text, on one line, in a table cell too. Markdown lets any
 * punctuation be escaped.
 */
export function escapeMarkdown(text: string, longest = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const cut = line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
  return cut.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
