import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually.ts';

/** An entry of the menu that is open. */
export function menuEntry(page: Page, entry: string): Locator {
  return page.locator('.monaco-menu').getByText(entry, { exact: true });
}

/** Clicks an entry of the menu that is open or opens. */
export async function clickMenuEntry(page: Page, entry: string): Promise<void> {
  const item = menuEntry(page, entry);
  await item.waitFor();
  // In its first moments a menu takes no click, and stays.
  await eventually(async () => {
    if (await item.isVisible()) await item.click({ timeout: 5000 });
    if (await item.isVisible()) throw new Error(`${entry} was not taken`);
  });
}
