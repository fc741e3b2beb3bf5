import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { PATIENCE_MS } from '../patience.ts';

/** The box at the top of the window: the command palette, quick picks, input boxes, *Go to File*. */
export type QuickInput = {
  /** F1, the title, a click on exactly that command. Waits for it to be offered. */
  runCommand(title: string): Promise<void>;
  /** F1 and the text: the titles that are offered. Closes the palette again. */
  offeredCommands(text: string): Promise<string[]>;
  /** Opens a file of the workspace by its path from there, at a line (1-based). */
  openFile(path: string, line?: number): Promise<void>;
  /** Runs a command, and picks an entry of the list that it shows by a part of its text. */
  choose(title: string, text: string): Promise<void>;
  /** Picks an entry of the open quick pick by a part of its text. */
  pick(text: string): Promise<void>;
  /** Types into the open input box, then Enter. */
  enter(text: string): Promise<void>;
};

export function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget');
  const rows = box.locator('.quick-input-list .monaco-list-row');
  const input = box.locator('input[type="text"]').first();
  const label = (row: Locator) => row.locator('.quick-input-list-label .label-name');

  /**
   * Opens the box with F1 and types until the wanted row is there: an open palette doesn't notice commands that come
   * later, and what takes the focus closes it, as happens while extensions and panels start.
   */
  const open = async (text: string, wanted: Locator, take = async () => {}) => {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      await page.keyboard.press('F1');
      try {
        await input.fill(text, { timeout: ONE_TRY_MS });
        await wanted.waitFor({ timeout: ONE_TRY_MS });
        await take();
        return;
      } catch (error) {
        const offered = await label(rows).allInnerTexts();
        await page.keyboard.press('Escape');
        if (Date.now() < deadline) continue;
        const what = offered.length === 0 ? 'nothing' : offered.join(' · ');
        throw new Error(`${JSON.stringify(text)} isn't offered after ${PATIENCE_MS / 1000} s, but: ${what}`, {
          cause: error,
        });
      }
    }
  };

  const runCommand = async (title: string) => {
    const row = rows.filter({ has: page.locator('.label-name').getByText(title, { exact: true }) }).first();
    await open(`>${title}`, row, () => row.click({ timeout: ONE_TRY_MS }));
  };

  return {
    runCommand,
    // When the palette closes, a panel gets the focus back, but late: that closes the list that is open by then.
    choose: (title, text) =>
      eventually(async () => {
        await runCommand(title);
        await rows
          .filter({ hasText: text })
          .first()
          .click({ timeout: 2 * ONE_TRY_MS });
      }),
    async offeredCommands(text) {
      await open(`>${text}`, label(rows).filter({ hasText: text }).first());
      // The list fills in two steps.
      await page.waitForTimeout(500);
      const titles = await label(rows).allInnerTexts();
      await page.keyboard.press('Escape');
      return titles.map((title) => title.replace(/\s+/g, ' ').trim());
    },
    async openFile(path, line) {
      const name = path.split('/').at(-1) ?? path;
      // The palette's box finds files where there is no > first. Ctrl+P would be Chromium's own inside a webview.
      await open(line === undefined ? path : `${path}:${line}`, rows.filter({ hasText: name }).first());
      await page.keyboard.press('Enter');
      await page.locator('.tab.active').filter({ hasText: name }).first().waitFor();
      await page.locator('.editor-instance .view-lines .view-line').first().waitFor();
    },
    async pick(text) {
      await rows.filter({ hasText: text }).first().click();
    },
    async enter(text) {
      await input.fill(text);
      await page.keyboard.press('Enter');
      // What is opened before the text was taken would close the box.
      await eventually(async () => {
        const isTaken = !(await box.isVisible()) || (await input.inputValue({ timeout: ONE_TRY_MS })) !== text;
        if (!isTaken) throw new Error(`${JSON.stringify(text)} was not taken`);
      });
    },
  };
}

/** How long a command that is known takes to be offered, on a busy machine too. */
const ONE_TRY_MS = 2000;
