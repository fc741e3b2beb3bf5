import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { answerRequest } from '../../src/host/answer-request.ts';
import { panelHtml } from '../../src/host/panel-html.ts';
import type { Contract, Handlers } from '../../src/protocol/contract.ts';
import { type ContractOf, PANELS, type Panel, type PanelName } from '../../src/protocol/index.ts';
import { REPOSITORY } from '../support/bench/repository.ts';
import { PATIENCE_MS } from '../support/patience.ts';

/** A panel's real page in Chromium, with a mocked VS Code round it: the host's answers come from the test. */
export interface PanelPage<N extends PanelName> {
  readonly page: Page;
  /** What the page has complained about, such as a breach of the content security policy. */
  readonly complaints: readonly string[];
  /** Tells the panel that something changed, as the host does. */
  changed(what: ContractOf<N>['changes']): Promise<void>;
  setTheme(theme: WebviewTheme): Promise<void>;
  /** What the panel has kept for when it comes back. */
  kept(): Promise<unknown>;
  /** Loads the page anew, as after a reload of the window. */
  reload(): Promise<void>;
}

export type WebviewTheme = 'dark' | 'light' | 'high-contrast';

/** The variables and the body's class that VS Code 1.139 gives a webview in Dark Modern, Light Modern and Dark High Contrast. */
const THEMES: Record<WebviewTheme, { bodyClass: string; variables: Record<string, string> }> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'themes.json'), 'utf8'),
);

const ORIGIN = 'http://panel.test';
const bundles = new Map<PanelName, Promise<ReadonlyMap<string, Uint8Array>>>();

export async function openPanelPage<N extends PanelName>(
  browser: Browser,
  name: N,
  handlers: Handlers<ContractOf<N>>,
  {
    theme = 'dark',
    width = 1200,
    height = 700,
    reducedMotion = true,
    ratio = 1,
    built,
    beforeLoad,
  }: PanelPageOptions = {},
): Promise<PanelPage<N>> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: ratio,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.exposeFunction('toHost', async (message: string) =>
    pack(await answerRequest(handlers, JSON.parse(message, unpacked))),
  );
  const kept = { state: 'undefined' };
  await page.exposeFunction('keepState', (state: string) => {
    kept.state = state;
  });
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const body =
      path === '' ? pageHtml(name, kept.state, theme) : built ? builtFile(built, path) : (await bundle(name)).get(path);
    if (body === undefined) return route.fulfill({ status: 404 });
    await route.fulfill({
      body: typeof body === 'string' ? body : Buffer.from(body),
      contentType: TYPES[path.split('.').at(-1)!] ?? 'text/html',
    });
  });
  await beforeLoad?.(page);
  await page.goto(`${ORIGIN}/`);
  return {
    page,
    complaints,
    changed: (what) => page.evaluate((changed) => window.postMessage({ changed }), what),
    setTheme: async (to) => {
      await page.evaluate(({ bodyClass, variables }) => {
        document.documentElement.style.cssText = Object.entries(variables)
          .map((pair) => pair.join(':'))
          .join(';');
        document.body.className = bodyClass;
      }, THEMES[to]);
      await page.waitForTimeout(100);
    },
    kept: async () => {
      // What the page has kept so far is on its way: this comes after it.
      await page.evaluate(() => {});
      return kept.state === 'undefined' ? undefined : JSON.parse(kept.state);
    },
    reload: async () => {
      await page.reload();
    },
  };
}

export interface PanelPageOptions {
  readonly theme?: WebviewTheme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  readonly ratio?: number;
  /** Folder with the bundle as build.mjs made it; else it is built here. */
  readonly built?: string;
  readonly beforeLoad?: (page: Page) => Promise<void>;
}

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

/** The panel's bundle, built as build.mjs builds it: file names and contents. */
function bundle(name: PanelName): Promise<ReadonlyMap<string, Uint8Array>> {
  let built = bundles.get(name);
  if (!built) {
    const folder = join(REPOSITORY, 'webview', 'panels', name);
    built = build({
      entryPoints: [
        { in: join(folder, 'main.ts'), out: name },
        { in: join(folder, 'panel.css'), out: name },
      ],
      bundle: true,
      write: false,
      outdir: '/',
      platform: 'browser',
      format: 'iife',
      target: 'es2024',
      loader: { '.ttf': 'file' },
      assetNames: '[name]',
    }).then(({ outputFiles }) => new Map(outputFiles.map(({ path, contents }) => [path.slice(1), contents])));
    bundles.set(name, built);
  }
  return built;
}

function builtFile(folder: string, path: string): Uint8Array | undefined {
  try {
    return readFileSync(join(folder, path));
  } catch {
    return undefined;
  }
}

/** The page as the host makes it, with what VS Code adds to it. */
function pageHtml(name: PanelName, kept: string, theme: WebviewTheme): string {
  const nonce = 'test';
  const html = panelHtml({
    title: PANELS[name].title,
    script: `${ORIGIN}/${name}.js`,
    style: `${ORIGIN}/${name}.css`,
    source: ORIGIN,
    nonce,
    compilesWasm: (PANELS[name] as Panel<Contract>).compilesWasm,
  });
  const { bodyClass, variables } = THEMES[theme];
  const style = Object.entries(variables)
    .map((pair) => pair.join(':'))
    .join(';')
    .replaceAll('"', '&quot;');
  return html
    .replace('<html lang="en">', `<html lang="en" style="${style}">`)
    .replace(
      '<body>',
      `<body class="${bodyClass}"><script nonce="${nonce}">(${vsCode})(${JSON.stringify(kept)})</script>`,
    );
}

/** Runs in the page, before the panel: what VS Code offers there. Messages cross as JSON and typed arrays, as they do in VS Code. */
function vsCode(kept: string): void {
  const host = window as unknown as {
    toHost(message: string): Promise<string>;
    keepState(state: string): Promise<void>;
    acquireVsCodeApi: () => unknown;
  };
  const arrays = { Int32Array, Uint32Array, Float32Array, Float64Array, Uint8Array };
  const unpack = (_: string, value: unknown) => {
    const { $array, bytes } = (value ?? {}) as { $array?: keyof typeof arrays; bytes?: string };
    if ($array === undefined || bytes === undefined) return value;
    const text = atob(bytes);
    return new arrays[$array](Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).buffer);
  };
  const pack = (_: string, value: unknown) =>
    ArrayBuffer.isView(value)
      ? {
          $array: value.constructor.name,
          bytes: btoa(Array.from(new Uint8Array(value.buffer), (byte) => String.fromCharCode(byte)).join('')),
        }
      : value;
  let state = kept === 'undefined' ? undefined : JSON.parse(kept);
  host.acquireVsCodeApi = () => ({
    postMessage: async (message: unknown) => {
      const answer = JSON.parse(await host.toHost(JSON.stringify(message, pack)), unpack);
      window.postMessage(answer);
    },
    getState: () => state,
    setState: (to: unknown) => {
      state = to;
      void host.keepState(JSON.stringify(to));
      return to;
    },
  });
}

/** Typed arrays as text. Only exactly sized ones may cross: VS Code sends the whole buffer. */
function pack(message: unknown): string {
  return JSON.stringify(message, (_, value) => {
    if (!ArrayBuffer.isView(value)) return value;
    if (value.byteLength !== value.buffer.byteLength)
      throw new Error('a typed array that is only a part of its buffer');
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
    return { $array: value.constructor.name, bytes };
  });
}

function unpacked(_: string, value: unknown): unknown {
  const { $array, bytes } = (value ?? {}) as { $array?: string; bytes?: string };
  if ($array === undefined || bytes === undefined) return value;
  const own = Uint8Array.from(Buffer.from(bytes, 'base64'));
  return $array === 'Int32Array' ? new Int32Array(own.buffer) : own;
}
