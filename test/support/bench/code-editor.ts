import type { Locator, Page } from 'playwright-core';

/** The open text editor, as far as it is on screen. */
export type CodeEditor = {
  /** The line that has this text. */
  line(text: string): Locator;
  /** Points at a word; what the hover then says. */
  hover(text: string): Promise<string>;
  /** A code lens by a part of its text. */
  lens(text: string | RegExp): Locator;
};

export function codeEditor(page: Page): CodeEditor {
  return {
    line: (text) => page.locator('.editor-instance .view-line').filter({ hasText: text }).first(),
    async hover(text) {
      // A pointer that comes from elsewhere and rests: a jump alone doesn't open the hover.
      await page.mouse.move(5, 5);
      await page.locator('.editor-instance .view-line span').filter({ hasText: text }).last().hover();
      const hover = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
      await hover.waitFor();
      return hover.innerText();
    },
    lens: (text) =>
      page.locator('.codelens-decoration > a, .codelens-decoration > span').filter({ hasText: text }).first(),
  };
}
