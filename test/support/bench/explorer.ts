import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { clickMenuEntry, menuEntry } from './menu.ts';
import type { Workbench } from './workbench.ts';

/** The explorer of files, where a click selects and only a double click opens. */
export type Explorer = {
  /** The row of a file by its whole name. */
  file(name: string): Locator;
  /** Waits for the row of a file. */
  appears(name: string): Promise<void>;
  /** Brings the explorer to the front and selects files, as a click and clicks with Ctrl do. */
  select(...names: readonly string[]): Promise<void>;
  /** Selects files, and clicks an entry of their menu. */
  chooseFromMenu(entry: string, ...names: readonly string[]): Promise<void>;
};

/** What a workbench is to be opened with, so that what is selected stays selected. */
export const EXPLORER_SETTINGS = { 'workbench.list.openMode': 'doubleClick', 'explorer.autoReveal': false };

export function explorer({ page, runCommand }: Workbench): Explorer {
  const rows = page.locator('.explorer-folders-view .monaco-list-row');
  const file = (name: string) =>
    rows.filter({ has: page.locator('.label-name').getByText(name, { exact: true }) }).first();
  const appears = (name: string) =>
    eventually(async () => {
      try {
        await file(name).waitFor({ timeout: 5000 });
      } catch (error) {
        // A file that came before the folder was being watched is one that VS Code wasn't told of.
        await runCommand('Refresh Explorer');
        throw error;
      }
    });
  const select = async (...names: readonly string[]) => {
    if (!(await page.locator('.explorer-folders-view').first().isVisible())) await runCommand('View: Show Explorer');
    // One that comes later would move the others from under the pointer.
    for (const name of names) await appears(name);
    for (const [at, name] of names.entries()) await file(name).click(at === 0 ? {} : { modifiers: ['Control'] });
    await eventually(async () => {
      const selected = await page.locator('.explorer-folders-view .monaco-list-row.selected').allInnerTexts();
      assert.deepEqual(selected.map((text) => text.trim()).sort(), [...names].sort());
    });
  };
  return {
    file,
    appears,
    select,
    async chooseFromMenu(entry, ...names) {
      // What extensions add to menus comes a while after the window.
      await eventually(async () => {
        await page.keyboard.press('Escape');
        await select(...names);
        await file(names[names.length - 1]).click({ button: 'right' });
        await menuEntry(page, entry).waitFor({ timeout: 2000 });
      });
      await clickMenuEntry(page, entry);
    },
  };
}
