import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Open } from '../../src/protocol/flame-graph.ts';
import { needTool } from '../support/need-tool.ts';
import { compareHost } from './compare-host.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { sampleHost } from './sample-host.ts';
import { sampleTables } from './sample-tables.ts';
import { timeHost } from './time-host.ts';

/** A panel beside an editor may have a quarter of a window. */
const WIDTHS = [340, 500, 600, 900];

describe('a narrow panel', { skip: needTool('chromium') }, () => {
  const compare = panelUnderTest('compare');
  const flameGraph = panelUnderTest('flame-graph');
  const tables = panelUnderTest('tables');
  const overTime = panelUnderTest('over-time');

  for (const width of WIDTHS) {
    it(`of ${width} pixels is no wider than that, and figures and quality of the data are in its foot`, async () => {
      const opened = [
        await compare.open(compareHost().handlers, { width }),
        await flameGraph.open(sampleHost().handlers, { width }),
        await tables.open(sampleTables().handlers, { width }),
        await overTime.open(timeHost().handlers, { width }),
      ];
      for (const { page } of opened) await assertFits(page, width);
      const { page } = opened[1];
      const [legend, first] = [page.locator('.legend'), page.locator('.legend li').first()];
      assert.ok((await first.boundingBox())!.x >= (await legend.boundingBox())!.x, 'a colour is there with its name');
      await page.locator('.graph').focus();
      for (let times = 0; times < 9; times++) await page.keyboard.press('ArrowDown');
      await page.locator('.status-name', { hasText: '::' }).waitFor({ timeout: 10_000 });
      await assertFits(page, width);
    });
  }

  it('leaves most of its room to the picture, and shows each chip whole, whatever is done to a recording', async () => {
    const width = 340;
    const host = sampleHost();
    const patterns = Array.from({ length: 50 }, (_, at) => `nothing_like_${at}`);
    const operations = ['std::vector<int>'.repeat(100), ...patterns].map(
      (pattern) => ({ op: 'ignore', pattern }) as const,
    );
    host.handlers.look({ operations });
    const { page } = await flameGraph.open(host.handlers, { width });
    const chips = page.locator('.chip');
    await chips.nth(50).waitFor();
    for (const chip of [chips.first(), chips.nth(1)]) {
      const box = (await chip.boundingBox())!;
      assert.ok(box.x + box.width <= width - 10, `a chip ends at ${box.x + box.width}`);
    }
    const picture = (await page.locator('.stage').boundingBox())!;
    assert.ok(picture.height > 200, `the picture is ${picture.height} high`);
    await page.getByRole('button', { name: 'Remove: without samples of /nothing_like_49/' }).focus();
    assert.ok((await chips.nth(50).boundingBox())!.y < picture.y, 'a chip that has the focus is in sight');
    await assertFits(page, width);
  });

  it('of little height too shows all of a menu and of what is said of the data, one after the other', async () => {
    const [width, height] = [340, 220];
    const name = 'std::vector<int,'.repeat(130);
    const builder = new ProfileBuilder();
    const frame = builder.frame({ function: builder.function({ name, file: `/src/${'deep/'.repeat(50)}x.cpp` }) });
    const stack = builder.stackOf([frame]);
    builder.addWeight(builder.sample(stack, builder.thread(1, 1, 'main'), 0), builder.value('samples', 'count'), 1);
    const host = sampleHost({ profile: builder.finish({ origin: { format: 'drawn' } }) });
    const findings = Array.from({ length: 30 }, (_, at) => `Finding ${at} of what is wrong with the data.`);
    host.state = { ...(host.state as Open), quality: { word: 'check data', findings } };
    const { page } = await flameGraph.open(host.handlers, { width, height });
    const isInside = async (selector: string) => {
      const box = (await page.locator(selector).boundingBox())!;
      const [right, bottom] = [box.x + box.width, box.y + box.height];
      assert.ok(box.x >= 0 && box.y >= 0 && right <= width && bottom <= height, `${selector}: ${JSON.stringify(box)}`);
    };
    await page.locator('.breadcrumb button').first().waitFor();
    await page.locator('.graph').focus();
    for (const key of ['Home', 'ArrowDown', 'm', 'End']) await page.keyboard.press(key);
    await isInside('.menu');
    await isInside('.menu button:focus');
    await page.keyboard.press('Escape');
    await page.keyboard.press('w');
    await page.locator('.halves').waitFor({ state: 'attached' });
    await page.locator('[title="Save the picture"]').focus();
    for (const key of ['Enter', 'End']) await page.keyboard.press(key);
    await isInside('.menu');
    await isInside('.menu button:focus');
    await page.keyboard.press('Escape');
    await page.locator('.status-quality').focus();
    await page.keyboard.press('Enter');
    await isInside('.note-card');
  });

  it('shows what choices of the same beginning differ in, in a list wider than what is chosen', async () => {
    const host = sampleHost();
    const threads = [1, 2, 3].map((at) => `a-worker-thread-of-the-renderer-${at} (${4242 + at})`);
    host.state = { ...(host.state as Open), threads };
    const { page } = await flameGraph.open(host.handlers, { width: 900 });
    await page.locator('.breadcrumb button').first().waitFor();
    await page.locator('vscode-dropdown[aria-label="Threads"]').focus();
    await page.keyboard.press('Space');
    const option = page.locator('vscode-option', { hasText: threads[2] });
    await option.waitFor();
    const isWhole = await option.evaluate(({ shadowRoot }) => {
      const text = shadowRoot!.querySelector('.content')!;
      return text.scrollWidth <= text.clientWidth;
    });
    assert.ok(isWhole);
    const { x, width } = (await option.boundingBox())!;
    assert.ok(x + width <= 900, `the list ends at ${x + width}`);
  });

  it('has as many colours explained as there is room for beside the way to what is shown', async () => {
    const { page } = await flameGraph.open(sampleHost().handlers, { width: 1000 });
    const last = page.locator('.legend li').last();
    await last.waitFor();
    const room = await page.evaluate(() => {
      const left = document.querySelector('.breadcrumb li:last-child')!.getBoundingClientRect().right;
      return document.querySelector('.legend')!.getBoundingClientRect().right - left - 160;
    });
    // Names of modules as long as that room, all together.
    await page.evaluate(
      (each) => {
        for (const name of document.querySelectorAll<HTMLElement>('.legend li')) name.style.width = `${each}px`;
      },
      room / (await page.locator('.legend li').count()) - 10,
    );
    const [legend, box] = [(await page.locator('.legend').boundingBox())!, (await last.boundingBox())!];
    assert.ok(box.y < legend.y + legend.height, `the last is at ${box.y}, below ${legend.y + legend.height}`);
  });
});

async function assertFits(page: Page, width: number): Promise<void> {
  await page.locator('.status-quality', { hasText: 'samples' }).waitFor();
  const foot = page.locator('.status-row');
  assert.ok(await foot.evaluate((row) => row.scrollWidth <= row.clientWidth), 'nothing of the row is outside of it');
  const { x, width: own } = (await page.locator('.status-quality').boundingBox())!;
  assert.ok(x >= 0 && x + own <= width && own > 100, `the quality of the data is from ${x} to ${x + own}`);
  const figures = page.locator('.status-figures');
  if (await figures.count())
    assert.ok(await figures.evaluate((span) => span.scrollWidth <= span.clientWidth), 'figures are not cut');
}
