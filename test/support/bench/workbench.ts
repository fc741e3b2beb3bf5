import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../patience.ts';
import { startChromium } from './chromium.ts';
import { type CodeEditor, codeEditor } from './code-editor.ts';
import { type QuickInput, quickInput } from './quick-input.ts';
import { REPOSITORY } from './repository.ts';
import { THEMES, type ThemeName } from './themes.ts';
import { startVsCodeServer, writeSettings } from './vscode-server.ts';

/** A VS Code in front of a person: what they would do with keys and mouse, and what they would see. */
export type Workbench = QuickInput &
  CodeEditor & {
    /** For what the rest doesn't offer. */
    readonly page: Page;
    /** The inside of the visible webview; with a title, of the tab with that name, which is brought to the front. */
    webview(title?: string): Promise<FrameLocator>;
    /** A view by its title, opened from its container in the activity bar if need be. */
    view(container: string, title: string): Promise<View>;
    /** An entry of the status bar by a part of its text. */
    statusBar(text: string | RegExp): Locator;
    /** Waits until the text stands somewhere in the window (not inside webviews). */
    sees(text: string | RegExp): Promise<void>;
    /** A notification by a part of its text; its buttons are inside. */
    notification(text: string | RegExp): Locator;
    setTheme(name: ThemeName): Promise<void>;
    /** Changes settings; undefined puts one back to its default. */
    setSettings(settings: Record<string, unknown>): Promise<void>;
    /** A screenshot into a PNG file. */
    picture(file: string): Promise<void>;
    /** Reloads the window as *Developer: Reload Window* does. */
    reload(): Promise<void>;
    /** Everything VS Code and the page have logged, for a failure's report. */
    log(): string;
    close(): Promise<void>;
  };

/** A view of the side bar. */
export type View = {
  readonly pane: Locator;
  /** A row of its tree by a part of its text, as far as it is on screen. */
  row(text: string | RegExp): Locator;
};

/** What a test may choose of the VS Code it works in. */
export type WorkbenchOptions = {
  /** The workspace, an absolute path. */
  folder: string;
  settings?: Record<string, unknown>;
  theme?: ThemeName;
  /** Added to the environment of VS Code and its extensions. */
  env?: Record<string, string>;
  /** Whether the workspace is trusted; it is by default. */
  isTrusted?: boolean;
};

/** Starts VS Code with the built extension and opens a folder in it. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { folder, theme = 'dark', env = {}, isTrusted } = options;
  let settings: Record<string, unknown> = { ...options.settings, 'workbench.colorTheme': THEMES[theme].setting };
  const server = await startVsCodeServer({ extension: REPOSITORY, settings, env, isTrusted });
  const browser = await startChromium().catch(async (error: unknown) => {
    await server.end();
    throw error;
  });
  const close = async () => {
    await browser.close().catch(() => {});
    await server.end();
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: 1 });
    page.setDefaultTimeout(PATIENCE_MS);
    const pageLog: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') pageLog.push(message.text());
    });
    await page.goto(`${server.url}/?${new URLSearchParams({ folder })}`);
    await ready(page);

    const setSettings = async (changes: Record<string, unknown>) => {
      settings = { ...settings, ...changes };
      writeSettings(server.dataFolder, settings);
    };
    return {
      page,
      ...quickInput(page),
      ...codeEditor(page),
      async webview(title) {
        if (title !== undefined) await page.locator('.tab').filter({ hasText: title }).first().click();
        const outer = page.locator('iframe.webview.ready:visible').first();
        await outer.waitFor();
        return outer.contentFrame().frameLocator('#active-frame');
      },
      async view(container, title) {
        const titled = page.locator('.pane-header .title').getByText(title, { exact: true });
        const pane = page.locator('.sidebar .pane').filter({ has: titled }).first();
        if (!(await pane.isVisible())) {
          await page.locator(`.activitybar .action-item a[aria-label^="${container}"]`).first().click();
        }
        await pane.waitFor();
        const header = pane.locator('.pane-header').first();
        if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
        return { pane, row: (text) => pane.locator('.monaco-list-row').filter({ hasText: text }).first() };
      },
      statusBar: (text) => page.locator('.statusbar-item').filter({ hasText: text }).first(),
      async sees(text) {
        await page.getByText(text).first().waitFor();
      },
      notification: (text) => page.locator('.notification-toast').filter({ hasText: text }).first(),
      async setTheme(name) {
        await setSettings({ 'workbench.colorTheme': THEMES[name].setting });
        await page.locator(`.monaco-workbench.${THEMES[name].bodyClass}`).first().waitFor();
        // Webviews and decorations follow the theme a little later than the window.
        await page.waitForTimeout(500);
      },
      setSettings,
      async picture(file) {
        mkdirSync(dirname(file), { recursive: true });
        await page.screenshot({ path: file });
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

/** The window is there. Its extensions may still be starting. */
async function ready(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await page.locator('.monaco-workbench .part.editor').waitFor();
}
