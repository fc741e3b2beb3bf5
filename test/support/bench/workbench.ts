import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startChromium } from './chromium.ts';
import { pictureFile, picturesWanted } from './pictures.ts';
import { REPOSITORY } from './repository.ts';
import { THEMES, type Theme, type ThemeName } from './themes.ts';
import { startVsCodeServer, writeSettings } from './vscode-server.ts';

/** A VS Code in front of a person: what they would do with keys and mouse, and what they would see. */
export type Workbench = {
  /** For what the rest doesn't offer. */
  readonly page: Page;
  /** F1, the title, Enter. */
  runCommand(title: string): Promise<void>;
  /** F1 and the text: the titles that are offered. Closes the palette again. */
  offeredCommands(text: string): Promise<string[]>;
  /** Opens a file of the workspace by its path from there, at a line (1-based). */
  openFile(path: string, line?: number): Promise<void>;
  /** The line of the open editor that has this text. */
  line(text: string): Locator;
  /** Points at a word of the open editor; what the hover then says. */
  hover(text: string): Promise<string>;
  /** A code lens by a part of its text. */
  lens(text: string): Locator;
  /** Picks an entry of the open quick pick by a part of its label. */
  pick(text: string): Promise<void>;
  /** Types into the open input box, then Enter. */
  enter(text: string): Promise<void>;
  /** The inside of the visible webview; with a title, of the tab with that name, which is brought to the front. */
  webview(title?: string): Promise<FrameLocator>;
  /** A view of the side bar by its title, opened from the activity bar's container if need be. */
  view(container: string, title: string): Promise<Locator>;
  /** Waits until the text stands somewhere in the window (not inside webviews). */
  sees(text: string | RegExp): Promise<void>;
  /** The texts of the notifications on screen. */
  notifications(): Promise<string[]>;
  setTheme(name: ThemeName): Promise<void>;
  /** Merges into settings.json; undefined takes a setting out. */
  setSettings(settings: Record<string, unknown>): Promise<void>;
  /** A screenshot. When pictures for the docs are asked for, one in each theme. */
  picture(name: string): Promise<void>;
  /** Reloads the window as *Developer: Reload Window* does. */
  reload(): Promise<void>;
  /** Everything VS Code and the page have logged, for a failure's report. */
  log(): string;
  close(): Promise<void>;
};

/** How long a person would wait before calling it broken. */
const PATIENCE_MS = 30_000;

/**
 * Starts VS Code with the built extension and opens a folder in it.
 * @param folder the workspace, an absolute path
 * @param extension the folder of the extension; this one by default
 */
export async function openWorkbench({
  folder,
  extension = REPOSITORY,
  settings = {},
  theme = 'dark',
  env,
}: {
  folder: string;
  extension?: string;
  settings?: Record<string, unknown>;
  theme?: ThemeName;
  env?: Record<string, string>;
}): Promise<Workbench> {
  let current: Record<string, unknown> = { ...settings, 'workbench.colorTheme': THEMES[theme].setting };
  const server = await startVsCodeServer({ extension, settings: current, ...(env === undefined ? {} : { env }) });
  const browser = await startChromium().catch(async (error: unknown) => {
    await server.end();
    throw error;
  });
  const close = async () => {
    await browser.close().catch(() => {});
    await server.end();
  };
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: 1 });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const pageLog: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') pageLog.push(message.text());
    });
    const url = `${server.url}/?folder=${encodeURIComponent(folder)}`;
    await page.goto(url);
    await ready(page);

    const quickInput = page.locator('.quick-input-widget');
    const quickRows = quickInput.locator('.quick-input-list .monaco-list-row');
    const openPalette = async (text: string) => {
      await page.keyboard.press('F1');
      await quickInput.locator('input[type="text"]').first().fill(`>${text}`);
    };
    const setSettings = async (changes: Record<string, unknown>) => {
      current = { ...current, ...changes };
      writeSettings(server.dataFolder, current);
    };
    const setTheme = async (name: ThemeName) => {
      const wanted: Theme = THEMES[name];
      await setSettings({ 'workbench.colorTheme': wanted.setting });
      await page.locator(`.monaco-workbench.${wanted.bodyClass}`).first().waitFor();
      // Webviews and decorations follow the theme a little later than the window.
      await page.waitForTimeout(500);
    };
    const screenshot = async (file: string) => {
      mkdirSync(dirname(file), { recursive: true });
      await page.screenshot({ path: file });
    };
    let currentTheme = theme;

    return {
      page,
      async runCommand(title) {
        await openPalette(title);
        await quickRows.filter({ hasText: title }).first().waitFor();
        await page.keyboard.press('Enter');
      },
      async offeredCommands(text) {
        await openPalette(text);
        await quickRows.first().waitFor();
        // The list fills in two steps; it is whole when it has stopped growing.
        await page.waitForTimeout(500);
        const labels = await quickRows.locator('.quick-input-list-label .label-name').allInnerTexts();
        await page.keyboard.press('Escape');
        return labels.map((label) => label.replace(/\s+/g, ' ').trim());
      },
      async openFile(path, line) {
        await page.keyboard.press('Control+P');
        await quickInput
          .locator('input[type="text"]')
          .first()
          .fill(line === undefined ? path : `${path}:${line}`);
        await quickRows
          .filter({ hasText: path.split('/').at(-1) ?? path })
          .first()
          .waitFor();
        await page.keyboard.press('Enter');
        await page.locator('.editor-instance .view-lines .view-line').first().waitFor();
      },
      line: (text) => page.locator('.editor-instance .view-line').filter({ hasText: text }).first(),
      async hover(text) {
        const target = page.locator('.editor-instance .view-line span').filter({ hasText: text }).last();
        // A pointer that comes from elsewhere and rests: a jump alone doesn't open the hover.
        await page.mouse.move(5, 5);
        await target.hover();
        const hover = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
        await hover.waitFor();
        return hover.innerText();
      },
      lens: (text) =>
        page.locator('.codelens-decoration a, .codelens-decoration span').filter({ hasText: text }).first(),
      async pick(text) {
        await quickRows.filter({ hasText: text }).first().click();
      },
      async enter(text) {
        await quickInput.locator('input').first().fill(text);
        await page.keyboard.press('Enter');
      },
      async webview(title) {
        if (title !== undefined) await page.locator('.tab').filter({ hasText: title }).first().click();
        const outer = page.locator('iframe.webview.ready:visible').first();
        await outer.waitFor();
        return outer.contentFrame().frameLocator('#active-frame');
      },
      async view(container, title) {
        const tab = page.locator(`.activitybar .action-item a[aria-label^="${container}"]`).first();
        const pane = page
          .locator('.sidebar .pane')
          .filter({ has: page.locator(`.pane-header .title:text-is("${title}")`) });
        if (!(await pane.first().isVisible())) await tab.click();
        await pane.first().waitFor();
        const header = pane.first().locator('.pane-header');
        if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
        return pane.first();
      },
      async sees(text) {
        await page.getByText(text).first().waitFor();
      },
      notifications: () => page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts(),
      async setTheme(name) {
        currentTheme = name;
        await setTheme(name);
      },
      setSettings,
      async picture(name) {
        if (!picturesWanted()) return screenshot(pictureFile(name));
        for (const each of Object.keys(THEMES) as ThemeName[]) {
          await setTheme(each);
          await screenshot(pictureFile(name, each));
        }
        await setTheme(currentTheme);
      },
      async reload() {
        await page.reload();
        await ready(page);
      },
      log: () => `${server.log()}\n${pageLog.join('\n')}`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The window is there, and the extension host behind it has started. */
async function ready(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  await page.locator('.monaco-workbench .part.editor').waitFor();
}
