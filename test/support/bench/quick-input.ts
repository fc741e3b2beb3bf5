import type { Locator, Page } from 'playwright-core';

/** The box at the top of the window: the command palette, quick picks, input boxes, *Go to File*. */
export type QuickInput = {
  /** F1, the title, a click on exactly that command. Waits for it to be offered. */
  runCommand(title: string): Promise<void>;
  /** F1 and the text: the titles that are offered. Closes the palette again. */
  offeredCommands(text: string): Promise<string[]>;
  /** Opens a file of the workspace by its path from there, at a line (1-based). */
  openFile(path: string, line?: number): Promise<void>;
  /** The rows of the open quick pick. */
  readonly picks: Locator;
  /** Picks an entry of the open quick pick by a part of its text. */
  pick(text: string): Promise<void>;
  /** Types into the open input box, then Enter. */
  enter(text: string): Promise<void>;
};

/** @param patienceMs how long a person would wait before calling it broken */
export function quickInput(page: Page, patienceMs: number): QuickInput {
  const box = page.locator('.quick-input-widget');
  const rows = box.locator('.quick-input-list .monaco-list-row');
  const type = (text: string) => box.locator('input[type="text"]').first().fill(text);
  const label = (row: Locator) => row.locator('.quick-input-list-label .label-name');

  /** An open palette doesn't notice commands that come later, as they do while extensions start: so look again. */
  const palette = async (text: string, wanted: Locator) => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      await page.keyboard.press('F1');
      await type(`>${text}`);
      const isOffered = await wanted.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
      if (isOffered) return;
      const offered = await label(rows).allInnerTexts();
      await page.keyboard.press('Escape');
      if (Date.now() > deadline) {
        throw new Error(`The palette doesn't offer ${JSON.stringify(text)}, but: ${offered.join(' · ') || 'nothing'}`);
      }
    }
  };

  return {
    picks: rows,
    async runCommand(title) {
      const row = rows.filter({ has: page.locator('.label-name').getByText(title, { exact: true }) }).first();
      await palette(title, row);
      await row.click();
    },
    async offeredCommands(text) {
      await palette(text, label(rows).filter({ hasText: text }).first());
      // The list fills in two steps.
      await page.waitForTimeout(500);
      const titles = await label(rows).allInnerTexts();
      await page.keyboard.press('Escape');
      return titles.map((title) => title.replace(/\s+/g, ' ').trim());
    },
    async openFile(path, line) {
      // F1 and not Ctrl+P, which inside a webview is Chromium's own; without the > the same box finds files.
      await page.keyboard.press('F1');
      await type(line === undefined ? path : `${path}:${line}`);
      const name = path.split('/').at(-1) ?? path;
      await rows.filter({ hasText: name }).first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.tab.active').filter({ hasText: name }).first().waitFor();
      await page.locator('.editor-instance .view-lines .view-line').first().waitFor();
    },
    async pick(text) {
      await rows.filter({ hasText: text }).first().click();
    },
    async enter(text) {
      await type(text);
      await page.keyboard.press('Enter');
    },
  };
}
