import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { FlamePlaces } from '../../src/core/profile/flame-places.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';
import type { PanelPageOptions } from './panel-page.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { type SampleHost, sampleHost } from './sample-host.ts';

/** Height of the picture’s rows. */
const ROW = 20;

describe('the flame graph’s page', { skip: needTool('chromium') }, () => {
  const pages = panelUnderTest('flame-graph');

  async function open(overrides: Parameters<typeof sampleHost>[0] = {}, options: PanelPageOptions = {}) {
    const host = sampleHost(overrides);
    return { host, ...(await pages.open(host.handlers, options)) };
  }

  /** The same with the picture on the page and the focus in it. */
  async function openGraph(overrides: Parameters<typeof sampleHost>[0] = {}, options: PanelPageOptions = {}) {
    const graph = await open(overrides, options);
    await crumbs(graph.page).filter({ hasText: 'all' }).waitFor();
    await graph.page.locator('.graph').focus();
    return graph;
  }

  const crumbs = (page: Page) => page.locator('.breadcrumb button');
  const zoomed = async (page: Page) => (await crumbs(page).allInnerTexts()).join(' › ');
  const spoken = (page: Page) => page.locator('[role=status]').innerText();
  const status = (page: Page) => page.locator('.status-frame').innerText();
  const matches = (page: Page) => page.locator('.status-matches').innerText();
  const press = async (page: Page, ...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** A place in the picture: a row, and a share of its width. */
  const at = async (page: Page, row: number, share: number) => {
    const { x, y, width } = (await page.locator('.flame-canvas canvas').boundingBox())!;
    return { x: x + share * width, y: y + (row + 0.5) * ROW };
  };
  const click = async (page: Page, row: number, share: number) => {
    const { x, y } = await at(page, row, share);
    await page.mouse.click(x, y);
  };
  const asked = (host: SampleHost, request: string) =>
    host.asked.filter((one) => one.request === request).map(({ ask }) => ask);

  it('says what everything costs and how good the data are', async () => {
    const { page } = await openGraph();
    assert.match(await status(page), /all.*self 0 %.*total 100 %.*1 s/s);
    assert.match(await page.locator('.status-quality').innerText(), /411 samples · check data/);
    await page.locator('.status-quality').click();
    const note = await page.locator('.note-card').innerText();
    assert.match(note, /12.0 % of the stacks are cut/);
    assert.match(note, /From left to right is not time/);
    assert.match(note, /Time off the processor is not in it/);
  });

  it('zooms to the frame that is clicked, and back', async () => {
    const { page } = await openGraph();
    await click(page, 4, 0.2);
    assert.equal(await zoomed(page), 'all › _start › __libc_start_main › main › render::Scene::draw');
    await click(page, 8, 0.9);
    assert.match(await zoomed(page), /render::Ray::trace/);
    await press(page, 'Backspace');
    assert.match(await zoomed(page), /main › render::Scene::draw$/);
    await press(page, 'Escape');
    assert.equal(await zoomed(page), 'all');
  });

  it('leads back by its breadcrumb and by its home button', async () => {
    const { page } = await openGraph();
    await click(page, 4, 0.2);
    await crumbs(page).nth(2).click();
    assert.equal(await zoomed(page), 'all › _start › __libc_start_main');
    await page.getByRole('button', { name: 'Show everything' }).click();
    assert.equal(await zoomed(page), 'all');
  });

  it('zooms by the wheel about the pointer, and tells what it then shows the inside of', async () => {
    const { page, kept } = await openGraph();
    const { x, y } = await at(page, 7, 0.1);
    await page.mouse.move(x, y);
    for (let turn = 0; turn < 8; turn++) await page.mouse.wheel(0, -120);
    await eventually(async () => {
      const { left, right } = ((await kept()) as { recording: { zoom: { window: { left: number; right: number } } } })
        .recording.zoom.window;
      assert.ok(left < 0.1 && right > 0.1 && right - left < 0.5, `from ${left} to ${right}`);
      assert.match(await zoomed(page), /render::Sphere::intersect/);
    });
    assert.match(await spoken(page), /^$|all/);
  });

  it('pans by dragging and not past the edges', async () => {
    const { page, kept } = await openGraph();
    await click(page, 4, 0.2);
    const window = async () =>
      ((await kept()) as { recording: { zoom: { window: { left: number; right: number } } } }).recording.zoom.window;
    const before = await window();
    const [from, to] = [await at(page, 10, 0.6), await at(page, 10, 0.3)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    const after = await window();
    assert.ok(after.left > before.left, `${after.left} isn't right of ${before.left}`);
    assert.ok(after.right <= 1);
    assert.ok(Math.abs(after.right - after.left - (before.right - before.left)) < 1e-9, 'the scale stays');
  });

  it('is walked by arrow keys, and says each frame', async () => {
    const { page } = await openGraph();
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    assert.match(await spoken(page), /^main, self 0 %, total .*, in the workspace, depth 3, calls 3 functions$/);
    await press(page, 'ArrowDown');
    assert.match(await spoken(page), /^render::Scene::draw, self 0 %/);
    await press(page, 'ArrowRight');
    assert.match(await spoken(page), /^render::save_png,/);
    await press(page, 'ArrowLeft', 'ArrowUp');
    assert.match(await spoken(page), /^main,/);
    await press(page, 'ArrowDown', 'Enter');
    assert.match(await zoomed(page), /main › render::Scene::draw$/);
    assert.match(await status(page), /render::Scene::draw/);
  });

  it('turns the arrow keys round with the picture', async () => {
    const { page } = await openGraph();
    await press(page, 'f', 'Home', 'ArrowUp', 'ArrowUp');
    assert.match(await spoken(page), /^__libc_start_main|^_start/);
    await press(page, 'ArrowDown');
    assert.match(await spoken(page), /^_start|^all/);
  });

  it('counts a sample once in what a search matched, however often it matches', async () => {
    const { page } = await openGraph();
    await press(page, '/');
    await page.keyboard.type('Ray::trace');
    // Everything below the outermost trace, whose recursion adds nothing: 845 of 1000.
    assert.equal(await matches(page), '3 frames · 84.5 % of all');
    await press(page, 'Enter');
    assert.equal(await matches(page), '1 of 3 frames · 84.5 % of all');
    await press(page, 'Escape', 'n');
    assert.equal(await matches(page), '2 of 3 frames · 84.5 % of all');
    await press(page, 'N', 'N');
    assert.equal(await matches(page), '3 of 3 frames · 84.5 % of all');
    await press(page, 'Escape');
    assert.equal(await matches(page), '');
  });

  it('searches by regular expression, and says what isn’t one', async () => {
    const { page } = await openGraph();
    await page.getByRole('button', { name: 'Use a regular expression' }).click();
    await press(page, '/');
    await page.keyboard.type('^png_(write_row|write_end)');
    assert.match(await matches(page), /^2 frames · 9.0 % of all$/);
    await page.keyboard.type('(');
    assert.equal(await matches(page), 'Not a regular expression (RE2’s syntax)');
  });

  it('tells of narrow frames that are drawn as one, and zooms to where they come apart', async () => {
    const { page } = await openGraph();
    const { x, y } = await at(page, 6, 0.968);
    await page.mouse.move(x, y);
    const card = page.locator('.hover-card');
    await card.waitFor();
    assert.match(await card.innerText(), /\d+ frames, each narrower than half a pixel/);
    await page.mouse.click(x, y);
    await page.mouse.move(x, y + 1);
    assert.doesNotMatch(await zoomed(page), /^all$/);
    await page.mouse.move(x - 300, y);
    assert.match(await card.innerText(), /render::Token\d+::accept/);
  });

  it('shows details beside the frame that the pointer is on, never over it', async () => {
    const { page } = await openGraph({}, { height: 420 });
    const { y: top } = (await page.locator('.flame-canvas canvas').boundingBox())!;
    for (const [row, share] of [
      [4, 0.3],
      [7, 0.1],
      [11, 0.92],
    ]) {
      const { x, y } = await at(page, row, share);
      await page.mouse.move(x, y);
      const card = (await page.locator('.hover-card').boundingBox())!;
      const frameTop = top + row * ROW;
      assert.ok(card.y >= frameTop + ROW || card.y + card.height <= frameTop, `row ${row}: ${JSON.stringify(card)}`);
      assert.ok(card.x >= 0 && card.x + card.width <= 1200);
    }
    assert.match(await page.locator('.hover-card').innerText(), /self/);
  });

  it('opens the source of what is clicked twice, even where the first click has zoomed', async () => {
    const { page, host } = await openGraph();
    const { x, y } = await at(page, 6, 0.45);
    await page.mouse.dblclick(x, y);
    await page.waitForTimeout(50);
    assert.deepEqual(asked(host, 'open'), [{ file: '/home/me/render/src/scene.cpp', line: 40 }]);
    await press(page, 'Home', 'ArrowDown', 'o');
    assert.match(await page.locator('.status-notice').innerText(), /The source of _start is not known/);
  });

  it('finishes an animation that a second click, a wheel or a narrower window comes into', async () => {
    const { page, host, kept } = await openGraph({}, { reducedMotion: false });
    const { x, y } = await at(page, 6, 0.45);
    await page.mouse.dblclick(x, y);
    const trace = 'all › _start › __libc_start_main › main › render::Scene::draw › render::Ray::trace';
    assert.equal(await zoomed(page), `${trace} › render::Sphere::intersect`);
    assert.equal(asked(host, 'open').length, 1);
    await press(page, 'Backspace', 'Backspace');
    await click(page, 5, 0.2);
    await page.setViewportSize({ width: 800, height: 500 });
    await page.waitForTimeout(300);
    assert.equal(await zoomed(page), trace);
    const { zoom } = ((await kept()) as { recording: { zoom: { window: { left: number; right: number } } } }).recording;
    assert.ok(Math.abs(zoom.window.right - 0.845) < 1e-9, `${zoom.window.right}`);
    await page.mouse.move(300, 300);
    await click(page, 2, 0.2);
    await page.mouse.wheel(0, 10);
    await page.waitForTimeout(300);
    assert.match(await zoomed(page), /__libc_start_main|^all$/);
  });

  it('offers a frame’s menu by key, and gives the focus back', async () => {
    const { page, host } = await openGraph();
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'm');
    const menu = page.getByRole('menu');
    assert.match(await menu.innerText(), /Zoom to This.*Open Source.*Copy Name/s);
    await page.getByRole('menuitem', { name: 'Copy Stack' }).click();
    assert.deepEqual(asked(host, 'copy'), ['_start\n__libc_start_main\nmain()']);
    await press(page, 'm', 'ArrowDown', 'Escape');
    await menu.waitFor({ state: 'detached' });
    assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('graph')));
  });

  it('changes the view of every surface, and stays where it was in the new one', async () => {
    const { page, host, changed } = await openGraph();
    await click(page, 4, 0.2);
    await page.getByRole('checkbox', { name: 'Kernel' }).click();
    await page.getByRole('checkbox', { name: 'Inlined' }).click();
    assert.deepEqual(asked(host, 'look'), [{ kernel: false }, { inlines: false }]);
    await changed('view');
    await page.waitForFunction(() => !document.querySelector('.legend')?.textContent?.includes('kernel'));
    assert.match(await zoomed(page), /main › render::Scene::draw$/);
    assert.match(await page.locator('.legend').innerText(), /workspace/);
  });

  it('offers no threads where the profile knows none', async () => {
    const { page, host, changed } = await openGraph();
    const threads = page.getByRole('combobox', { name: /thread/i });
    assert.equal(await threads.count(), 1);
    assert.ok(host.state.status === 'open');
    host.state = { ...host.state, threads: [] };
    await changed('state');
    await threads.waitFor({ state: 'hidden' });
  });

  it('has the same tree as a table that keys walk', async () => {
    const { page } = await openGraph();
    await press(page, 't');
    const grid = page.getByRole('treegrid');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    assert.match(await focused(), /^all/);
    assert.equal(await grid.getByRole('row').nth(1).getAttribute('aria-expanded'), 'true');
    await press(page, 'ArrowDown');
    assert.match(await focused(), /^_start.*980 ms.*98.0 %/);
    await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    assert.match(await focused(), /^main/);
    assert.match(await spoken(page), /^main, self 0 %/);
    await press(page, 'ArrowLeft', 'ArrowLeft');
    assert.match(await focused(), /^__libc_start_main/);
    await press(page, 'Enter');
    assert.equal(await zoomed(page), 'all › _start › __libc_start_main');
    assert.match(await focused(), /^__libc_start_main/);
    await press(page, 't');
    assert.equal(await grid.count(), 0);
    await page.locator('.flame-canvas canvas').waitFor();
  });

  it('shows many calls of one function in the table a page at a time', async () => {
    const { page } = await openGraph();
    await press(page, '/');
    await page.keyboard.type('Token399::');
    await press(page, 'Enter', 'Escape', 't');
    const row = page.locator('tr[aria-selected]');
    assert.match(await row.innerText(), /Token399::accept/);
    assert.equal(await row.getAttribute('aria-setsize'), '400');
    assert.match(await row.innerText(), /matches the search/);
  });

  it('tells where one is in the call tree, but not that it was opened', async () => {
    const { page, host } = await openGraph();
    assert.deepEqual(asked(host, 'moved'), []);
    await click(page, 4, 0.2);
    const path = ['_start', '__libc_start_main', 'main()', 'render::Scene::draw(Scene const&)'];
    await eventually(() => {
      const moved = asked(host, 'moved').at(-1) as FlamePlaces;
      assert.deepEqual([moved.zoom.path, moved.selected], [path, path]);
    });
  });

  it('goes where a link leads, once, from whatever way it was looked at', async () => {
    const path = ['_start', '__libc_start_main', 'main()', 'render::Scene::draw(Scene const&)'];
    // No such window is in that frame: then it is the frame's own.
    const link = { zoom: { path, window: { left: 0, right: 1 } }, selected: path };
    let led: FlamePlaces | null = link;
    const { page, changed } = await openGraph({
      places: () => {
        const now = led;
        led = null;
        return now;
      },
    });
    const isThere = async () => {
      assert.match(await zoomed(page), /main › render::Scene::draw$/);
      assert.match(await status(page), /render::Scene::draw/);
    };
    await eventually(isThere);
    await press(page, 'b');
    await eventually(async () => assert.equal(await zoomed(page), 'all'));
    await changed('view');
    await eventually(async () => assert.equal(await zoomed(page), 'all'));
    led = link;
    await changed('view');
    await eventually(isThere);
  });

  it('comes back as it was left', async () => {
    const { page, reload } = await openGraph();
    await press(page, 'Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter', 'c', 'f', 's', '/');
    await page.keyboard.type('dot');
    await press(page, 'Escape');
    const [before, found] = [await zoomed(page), await matches(page)];
    assert.match(before, /render::Scene::draw$/);
    await reload();
    await page.waitForFunction(() => document.querySelectorAll('.breadcrumb button').length > 1);
    assert.equal(await zoomed(page), before);
    assert.equal(await matches(page), found);
    assert.match(await status(page), /render::Scene::draw/);
    assert.equal(
      await page.getByRole('button', { name: 'Flame: root at the bottom' }).getAttribute('aria-pressed'),
      'true',
    );
    assert.match(await page.locator('.legend').innerText(), /native/);
  });

  it('starts afresh where what was kept is not what it keeps', async () => {
    const { page, reload } = await openGraph();
    await page.evaluate(() =>
      (window as unknown as { keepState(state: string): void }).keepState('{"order":"sideways"}'),
    );
    await reload();
    await crumbs(page).first().waitFor();
    assert.equal(await zoomed(page), 'all');
  });

  it('says so as long as narrow frames are still to come', async () => {
    const sample = sampleHost();
    const whole = Promise.withResolvers<void>();
    const { page } = await open({
      tree: async ({ leastShare }) => {
        if (leastShare === 0) await whole.promise;
        return sample.handlers.tree({ isBottomUp: false, leastShare: leastShare === 0 ? 0 : 0.5 });
      },
    });
    const said = page.getByText('Narrow frames are still to come').first();
    await said.waitFor();
    assert.equal(await zoomed(page), 'all', 'what there is is shown');
    whole.resolve();
    await page.locator('.status-notice', { hasText: 'Narrow frames' }).waitFor({ state: 'detached' });
  });

  it('shows the host’s error with a way to try again', async () => {
    let isBroken = true;
    const sample = sampleHost();
    const { page } = await open({
      tree: () => {
        if (isBroken) throw new Error('The profile of /tmp/perf.data was closed.');
        return sample.handlers.tree({ isBottomUp: false, leastShare: 0 });
      },
    });
    // What is slow is covered until it has failed.
    const failed = page.locator('.placeholder', { hasText: 'can’t be shown' });
    assert.match(await failed.innerText(), /can’t be shown\s+The profile of \/tmp\/perf\.data was closed\./);
    isBroken = false;
    await page.getByRole('button', { name: 'Try Again' }).click();
    await crumbs(page).first().waitFor();
    assert.equal(await zoomed(page), 'all');
  });

  it('says what it waits for, how far that is, and lets one stop it', async () => {
    let done = 0.4;
    const { page, host, changed } = await open({
      state: () => ({ status: 'loading', title: 'perf.data', doing: 'Reading', done }),
    });
    assert.match(await page.locator('.placeholder').innerText(), /perf\.data\s+Reading/);
    const cancel = page.getByRole('button', { name: 'Cancel' });
    await cancel.focus();
    done = 0.7;
    await changed('state');
    await page.waitForFunction(() => document.querySelector('progress')?.value === 0.7);
    await page.keyboard.press('Enter');
    assert.deepEqual(asked(host, 'cancel'), [null], 'the button kept the focus');
  });

  it('waits for the calls to be added up no longer than one wants to', async () => {
    const { page } = await open({ tree: () => new Promise(() => {}) });
    await page.getByText('Adding up the calls').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.match(await page.locator('.placeholder').innerText(), /It was cancelled/);
  });

  it('offers the next step where no recording is open, and follows when one is', async () => {
    const { page, host, changed } = await open();
    host.state = { status: 'empty', actions: [{ id: 'perfwright.profile', title: 'Profile…' }] };
    await changed('state');
    await page.getByRole('button', { name: 'Profile…' }).click();
    assert.deepEqual(asked(host, 'act'), ['perfwright.profile']);
  });

  it('points out what was asked for from elsewhere, at its most expensive call', async () => {
    const wanted = [null, { label: 'scene.cpp:62', name: 'render::Plane::intersect', functions: [] }];
    const { page, changed } = await openGraph({ highlight: () => wanted.shift() ?? null });
    await changed('highlight');
    await page.waitForFunction(() => document.querySelector('.status-matches')?.textContent !== '');
    assert.equal(await matches(page), 'scene.cpp:62: 1 of 1 frame · 6.0 % of all');
    assert.match(await status(page), /render::Plane::intersect/);
    await press(page, 'Escape');
    assert.equal(await matches(page), '');
  });

  it('lists its keys', async () => {
    const { page } = await openGraph();
    await click(page, 4, 0.2);
    const before = await zoomed(page);
    await press(page, '?');
    assert.match(await page.getByRole('dialog', { name: 'Keys' }).innerText(), /Backspace\s+back to the former zoom/);
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await zoomed(page), before, 'Escape closes the list and does nothing else');
  });

  it('follows the theme while it is open', async () => {
    const { page, setTheme } = await openGraph();
    /** Colour of the row of main, as the page shows it. */
    const colour = async () => {
      const { x, y } = await at(page, 3, 0.9);
      const shot = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
      return shot.toString('base64');
    };
    const seen = new Set([await colour()]);
    for (const theme of ['light', 'high-contrast'] as const) {
      await setTheme(theme);
      seen.add(await colour());
    }
    assert.equal(seen.size, 3);
  });

  it('keeps its place on a screen of another resolution and width', async () => {
    const { page } = await openGraph({}, { ratio: 2 });
    await click(page, 4, 0.2);
    await page.setViewportSize({ width: 700, height: 500 });
    await page.waitForTimeout(100);
    assert.match(await zoomed(page), /render::Scene::draw$/);
    const size = await page
      .locator('.flame-canvas canvas')
      .evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.clientWidth]);
    assert.equal(size[0], size[1] * 2);
    await click(page, 5, 0.5);
    assert.match(await zoomed(page), /render::Ray::trace$/);
  });
});
