import type { Locator, Page } from 'playwright-core';

/** The open text editor, as far as it is on screen. */
export type CodeEditor = {
  /** The line that has this text. */
  line(text: string): Locator;
  /** What an extension wrote behind the line that has this text; empty when nothing. */
  endOfLine(text: string): Promise<string>;
  /** Points at a word of the line that has this text; what the hover then says. */
  hover(text: string, word: string): Promise<string>;
  /** A code lens by a part of its text. */
  lens(text: string | RegExp): Locator;
};

export function codeEditor(page: Page): CodeEditor {
  // The lines of the text only: what sticks at the top while scrolling is a copy.
  const lines = page.locator('.editor-instance .view-lines .view-line');
  const line = (text: string) => lines.filter({ hasText: text }).first();
  return {
    line,
    endOfLine: (text) =>
      line(text)
        .locator('span[class*="ced-"]')
        .evaluateAll((spans) => {
          // Such text is no part of the document, so it stands in a style: content: "…".
          const contents = spans.map((span) => getComputedStyle(span, '::after').content);
          return contents
            .filter((content) => content.startsWith('"'))
            .map((content) => JSON.parse(content))
            .join('');
        }),
    async hover(text, word) {
      // A pointer that comes from elsewhere and rests: a jump alone doesn't open the hover.
      await page.mouse.move(5, 5);
      await line(text).locator('span > span').filter({ hasText: word }).first().hover();
      const hover = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
      await hover.waitFor();
      // It fades in.
      await page.waitForTimeout(300);
      return hover.innerText();
    },
    lens: (text) => page.locator('.codelens-decoration').filter({ hasText: text }).first(),
  };
}
