import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../../test/support/bench/chromium.ts';
import { type BenchContext, spread, spreadText } from './measure.ts';

/**
 * Reads a file into the tables in a page, as often as there are rounds, in turns with speedscope's own build doing so into its model, and
 * says what both took: with the browser's getting the bytes of the file, and without. speedscope's importers are in no package by
 * themselves; its build measures them itself, as `import`, in which it gets the bytes first. Each round is a new page: nothing is compiled yet.
 */
export async function compareWithSpeedscope({ root, rounds, say }: BenchContext, file: string): Promise<void> {
  const script = await importScript(root);
  const browser = await startChromium();
  try {
    const contestants: Record<string, () => Promise<ImportTime>> = {
      perfwright: () => ours(browser, script, file),
      speedscope: () => speedscope(browser, file),
    };
    const times = new Map<string, ImportTime[]>(Object.keys(contestants).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, run] of Object.entries(contestants)) times.get(name)!.push(await run());
    }
    for (const [part, of] of Object.entries(PARTS)) {
      const own = spread(times.get('perfwright')!.map(of));
      for (const [name, all] of times) {
        const theirs = spread(all.map(of));
        const ratio = name === 'perfwright' ? '' : `; ours is ${(theirs.median / own.median).toFixed(1)}× as fast`;
        say(`    ${name} in Chromium, ${part}: ${spreadText(theirs, 'ms', 0)}${ratio}`);
      }
    }
  } finally {
    await browser.close();
  }
}

/** Milliseconds. */
interface ImportTime {
  readonly whole: number;
  /** Until the browser has given the bytes of the file. */
  readonly bytes: number;
}

const PARTS: Readonly<Record<string, (time: ImportTime) => number>> = {
  'with getting its bytes': ({ whole }) => whole,
  'the import alone': ({ whole, bytes }) => whole - bytes,
};

const SITE = 'http://bench.test/';
const LONGEST_MS = 600_000;

/** The importers as a script that puts `importFile` into the page. */
async function importScript(root: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { importProfile } from './src/core/importers/import-profile.ts';
        import { bytesInMemory } from './src/core/importers/reading/byte-source.ts';
        globalThis.importFile = async (file) => {
          const start = performance.now();
          const content = new Uint8Array(await file.arrayBuffer());
          const bytes = performance.now() - start;
          const { samples } = importProfile(bytesInMemory(content));
          if (samples.length === 0) throw new Error('There are no samples.');
          return { whole: performance.now() - start, bytes };
        };`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2024',
  });
  return outputFiles[0].text;
}

interface OwnPage {
  importFile(file: File): Promise<ImportTime>;
}

async function ours(browser: Browser, script: string, file: string): Promise<ImportTime> {
  return inPage(browser, async (page) => {
    await page.route(`${SITE}**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<input type="file" id="file"><script>${script}</script>` }),
    );
    await page.goto(SITE);
    await page.setInputFiles('#file', file);
    return page.evaluate(() => {
      const [chosen] = document.querySelector<HTMLInputElement>('#file')!.files!;
      return (globalThis as unknown as OwnPage).importFile(chosen);
    });
  });
}

interface TimedPage {
  importTime: ImportTime | undefined;
}

async function speedscope(browser: Browser, file: string): Promise<ImportTime> {
  const release = join(dirname(fileURLToPath(import.meta.resolve('speedscope/package.json'))), 'dist', 'release');
  return inPage(browser, async (page) => {
    await page.route(`${SITE}**`, (route) => {
      const path = new URL(route.request().url()).pathname.slice(1);
      return route.fulfill({ path: join(release, path === '' ? 'index.html' : path) });
    });
    await page.addInitScript(watchImport);
    await page.goto(SITE);
    await page.setInputFiles('#file', file);
    const time = await page.waitForFunction(() => (globalThis as unknown as TimedPage).importTime, undefined, {
      timeout: LONGEST_MS,
    });
    return (await time.jsonValue()) as ImportTime;
  });
}

/**
 * Runs in the page: speedscope calls `console.time` when it has a file, gets its bytes from a FileReader, and calls `console.timeEnd` when it
 * has the profile.
 */
function watchImport(): void {
  const { time, timeEnd } = console;
  const { readAsArrayBuffer } = FileReader.prototype;
  let start = Number.NaN;
  let bytes = 0;
  FileReader.prototype.readAsArrayBuffer = function (file) {
    const began = performance.now();
    // Before speedscope's own listener.
    this.addEventListener('load', () => {
      bytes += performance.now() - began;
    });
    readAsArrayBuffer.call(this, file);
  };
  console.time = (label) => {
    if (label === 'import') start = performance.now();
    time.call(console, label);
  };
  console.timeEnd = (label) => {
    if (label === 'import')
      (globalThis as unknown as TimedPage).importTime = { whole: performance.now() - start, bytes };
    timeEnd.call(console, label);
  };
}

async function inPage(browser: Browser, run: (page: Page) => Promise<ImportTime>): Promise<ImportTime> {
  const context = await browser.newContext();
  try {
    return await run(await context.newPage());
  } finally {
    await context.close();
  }
}
