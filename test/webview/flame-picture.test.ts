import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { type SampleHost, sampleHost } from './sample-host.ts';

describe('the picture of the flame graph’s page', { skip: needTool('chromium') }, () => {
  const pages = panelUnderTest('flame-graph');

  async function openGraph(overrides: Parameters<typeof sampleHost>[0] = {}) {
    const host = sampleHost(overrides);
    const opened = await pages.open(host.handlers);
    await opened.page.locator('.breadcrumb button').filter({ hasText: 'all' }).waitFor();
    await opened.page.locator('.graph').focus();
    return { host, ...opened };
  }

  const spoken = (page: Page) => page.locator('[role=status]').innerText();
  const asked = (host: SampleHost, request: string) =>
    host.asked.filter((one) => one.request === request).map(({ ask }) => ask);

  it('leaves a name its underscores where its frame is selected', async () => {
    const { page } = await openGraph();
    const { x, y } = (await page.locator('.flame-canvas canvas').boundingBox())!;
    /** The lightest below the letters of `__libc_start_main`, where its first two are. */
    const underscores = async () => {
      const [width, height] = [12, 4];
      const shot = await page.screenshot({ clip: { x: x + 14, y: y + 2 * 20 + 14, width, height } });
      return Math.max(...(await lightness(page, shot, { x: 0, y: 0, width, height })).pixels);
    };
    const before = await underscores();
    for (const key of ['Home', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    await page.locator('.status-name', { hasText: '__libc_start_main' }).waitFor();
    await eventually(async () => assert.equal(await underscores(), before));
  });

  it('saves what is shown as SVG and as PNG', async () => {
    const { page, host } = await openGraph();
    for (const format of ['SVG', 'PNG']) {
      await page.getByRole('button', { name: 'Save the picture' }).click();
      await page.getByRole('menuitem', { name: `Save as ${format}…` }).click();
    }
    await page.waitForFunction(() => true);
    while (asked(host, 'save').length < 2) await page.waitForTimeout(20);
    const [svg, png] = asked(host, 'save') as { format: string; name: string; bytes: Uint8Array }[];
    assert.match(Buffer.from(svg.bytes).toString(), /^<\?xml.*<title>render::Scene::draw\(/s);
    assert.deepEqual([...png.bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    assert.equal(png.name, 'render · 23 Nov 10:02');
    // What stands over the frames: text, on nothing else.
    const { pixels } = await lightness(page, png.bytes, { x: 0, y: 20, width: 2800, height: 1 });
    const inks = { title: Math.max(...pixels.slice(0, 700)), beside: Math.max(...pixels.slice(2000)) };
    assert.ok(inks.title > 150 && inks.beside < 40, JSON.stringify(inks));
  });

  it('saves all rows of a deep picture as PNG, less sharp, and says what to do where there is no room for them', async () => {
    const savePng = async (depth: number) => {
      const graph = await openGraph({ profile: chainProfile(depth) });
      await graph.page.getByRole('button', { name: 'Save the picture' }).click();
      await graph.page.getByRole('menuitem', { name: 'Save as PNG…' }).click();
      return graph;
    };
    const { page, host } = await savePng(600);
    await eventually(() => assert.equal(asked(host, 'save').length, 1));
    const [{ bytes }] = asked(host, 'save') as { bytes: Uint8Array }[];
    const part = { x: (1400 * 27) / 20 - 10, y: 0, width: 1, height: 602 * 27 };
    const { width, height, pixels } = await lightness(page, bytes, part);
    const [deepest, above, gap] = [10, 10 + 27, 1].map((up) => pixels[height - up]);
    // The root and the title have a row, too.
    assert.equal(height, 602 * 27);
    assert.equal(width, (1400 * 27) / 20);
    assert.equal(deepest, above, 'the deepest row is drawn as the one above it');
    assert.notEqual(deepest, gap);
    await page.context().close();

    const tooDeep = await savePng(900);
    const said = /901 rows, and a PNG has room for 818. Save it as SVG, which holds all/;
    await eventually(async () => assert.match(await spoken(tooDeep.page), said));
    assert.deepEqual(asked(tooDeep.host, 'save'), []);
  });
});

/** A part of an image, row by row, from 0 for black to 255; and how large the whole is. */
function lightness(
  page: Page,
  image: Uint8Array,
  part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<{ readonly width: number; readonly height: number; readonly pixels: readonly number[] }> {
  return page.evaluate(
    async ({ bytes, x, y, width, height }) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(x, y, width, height);
      const pixels = Array.from(
        { length: width * height },
        (_, at) => (data[at * 4] + data[at * 4 + 1] + data[at * 4 + 2]) / 3,
      );
      return { width: bitmap.width, height: bitmap.height, pixels };
    },
    { bytes: [...image], ...part },
  );
}

/** One sample of a function that calls another, and so on. */
function chainProfile(depth: number): Profile {
  const builder = new ProfileBuilder();
  const frames = Array.from({ length: depth }, (_, at) =>
    builder.frame({ function: builder.function({ name: `call ${at}` }) }),
  );
  const sample = builder.sample(builder.stackOf(frames), builder.thread(1, 1, 'main'), 0);
  builder.addWeight(sample, builder.value('samples', 'count'), 1);
  return builder.finish();
}
