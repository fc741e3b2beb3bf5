/**
 * Text that does nothing to a terminal, or to the figure beside it, but show: control characters, of which the names in a recording and the names of files may hold
 * any, are written as `\u001b`; so are those that turn the direction of writing round. Line feeds and tabs are kept. A text in JSON
 * means the same after it: such characters stand in its strings only.
 */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (unseen) => `\\u${unseen.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same of a text that is to stay on one line. */
export function oneLine(text: string): string {
  return visibleText(text).replaceAll('\n', '\\n');
}

/** Unicode's control characters, DEL and the 8-bit ones among them, and its bidirectional controls: none is beyond U+FFFF. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;
