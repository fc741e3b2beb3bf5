import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { type FlameViewer, flameHtml } from '../../src/core/writers/flame-html.ts';
import { startChromium } from '../support/bench/chromium.ts';
import { REPOSITORY } from '../support/bench/repository.ts';
import { needTool } from '../support/need-tool.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { sampleProfile } from './sample-host.ts';

/** The viewer, built as build.mjs builds it. */
async function builtViewer(): Promise<FlameViewer> {
  const panel = join(REPOSITORY, 'webview', 'panels', 'flame-graph');
  const { outputFiles } = await build({
    entryPoints: [join(panel, 'export.ts'), join(panel, 'export.css')],
    bundle: true,
    write: false,
    outdir: '/',
    platform: 'browser',
    format: 'iife',
    target: 'es2024',
    loader: { '.ttf': 'dataurl' },
  });
  const file = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))!.text;
  return { script: file('.js'), style: file('.css') };
}

describe('a flame graph as an HTML file', { skip: needTool('chromium') }, () => {
  let browser: Browser;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'perfwright-html-'));
    browser = await startChromium();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('needs nothing else, and is the panel: zoom, search, table', async () => {
    const viewer = await builtViewer();
    const profile = sampleProfile();
    const hostile = { ...profile, origin: { ...profile.origin, commandLine: ['</title><script>alert(1)</script>'] } };
    const file = join(folder, 'flame.html');
    writeFileSync(file, flameHtml.write(hostile, { flameViewer: () => viewer }));
    const context = await browser.newContext({
      offline: true,
      viewport: { width: 1200, height: 600 },
      colorScheme: 'light',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    await page.locator('.breadcrumb button').first().waitFor();
    assert.equal(await page.title(), '</title><script>alert(1)</script>');
    assert.match(await page.locator('.status-frame').innerText(), /all.*total 100 %.*1 s/s);
    await page.keyboard.press('/');
    await page.keyboard.type('Ray::trace');
    assert.equal(await page.locator('.status-matches').innerText(), '3 frames · 84.5 % of all');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    assert.match(await page.locator('.breadcrumb').innerText(), /render::Ray::trace/);
    await page.keyboard.press('t');
    assert.equal(await page.getByRole('treegrid').count(), 1);
    assert.equal(await page.getByRole('checkbox').count(), 0, 'what a file can’t do isn’t offered');
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
