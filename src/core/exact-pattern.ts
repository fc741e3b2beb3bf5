/**
 * A pattern that finds exactly this text and nothing longer. It stands apart from what compiles patterns, so that a page can have it
 * without RE2.
 */
export function exactPattern(text: string): string {
  return `^${text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`;
}
