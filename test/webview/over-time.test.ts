import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Operation } from '../../src/core/profile/operations/operation.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';
import { timedProfile } from '../support/timed-profile.ts';
import type { PanelPageOptions } from './panel-page.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { timeHost } from './time-host.ts';

describe('the page over time', { skip: needTool('chromium') }, () => {
  const pages = panelUnderTest('over-time');

  async function open(overrides: Parameters<typeof timeHost>[0] = {}, options: PanelPageOptions = {}) {
    const host = timeHost(overrides);
    return { host, ...(await pages.open(host.handlers, options)) };
  }

  /** The same with the pictures on the page, and the focus on them. */
  async function openPictures(overrides: Parameters<typeof timeHost>[0] = {}, options: PanelPageOptions = {}) {
    const own = await open(overrides, options);
    await own.page.locator('.stacks .legend li').first().waitFor();
    await own.page.locator('.pictures').focus();
    await settled(own.page);
    return own;
  }

  /** What comes later, the tracks say, moves the pictures: a pointer would miss them. */
  const settled = async (page: Page) => {
    await page.locator('.track').first().waitFor();
    const places = () =>
      page.locator('.plot canvas').evaluateAll((all) => JSON.stringify(all.map((one) => one.getBoundingClientRect())));
    let before = '';
    for (let now = await places(); now !== before; now = await places()) {
      before = now;
      await page.waitForTimeout(150);
    }
  };

  const OVERVIEW = 0;
  const TRACKS = 1;
  const STACKS = 2;
  const HEATMAP = 3;
  const place = async (page: Page, plot: number, share: number, y: number) => {
    const box = (await page.locator('.plot canvas').nth(plot).boundingBox())!;
    return { x: box.x + share * box.width, y: box.y + y };
  };
  const drag = async (page: Page, plot: number, from: number, to: number, [y, endY]: [number, number] = [50, 50]) => {
    const a = await place(page, plot, from, y);
    const b = await place(page, plot, to, endY);
    await page.mouse.move(a.x, a.y);
    await page.mouse.down();
    await page.mouse.move((a.x + b.x) / 2, b.y, { steps: 3 });
    await page.mouse.move(b.x, b.y);
  };
  const press = async (page: Page, ...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const looked = (host: ReturnType<typeof timeHost>): readonly Operation[] => {
    const last = host.asked.filter(({ request }) => request === 'look').at(-1)!.ask as { operations: Operation[] };
    return last.operations;
  };
  const ends = (operations: readonly Operation[]) =>
    operations.map((operation) =>
      (operation.op === 'from' || operation.op === 'to') && 'ns' in operation.at
        ? [operation.op, operation.at.ns / 1e9]
        : [operation.op],
    );
  const status = (page: Page) => page.locator('.status-chosen').innerText();
  const spoken = (page: Page) => page.locator('[role=status]').innerText();
  const chip = (page: Page) => page.locator('.range-chip');

  it('lists the threads, the costliest first, with their shares', async () => {
    const { page } = await openPictures();
    const rows = await page.locator('.track').allInnerTexts();
    assert.deepEqual(
      rows.map((text) => text.replace(/\s+/g, ' ')),
      [
        'worker-2 (512) 25.3 %',
        'worker-1 (511) 22.9 %',
        'worker-3 (513) 17.7 %',
        'gc (505) 17.5 %',
        'worker-0 (510) 14.6 %',
        'server (500) 2.0 %',
      ],
    );
    assert.match(await status(page), /worker-2 \(512\) · 25.3 % of what is in view/);
    assert.match(
      await page.locator('.stacks .gutter').first().innerText(),
      /A sample every 1 ms; gaps were not sampled/,
    );
    await page.locator('.status-quality').click();
    const note = await page.locator('.note-card').innerText();
    assert.match(note, /more than four usual intervals away/);
    assert.match(note, /Time off the processor is not in it/);
  });

  it('has a chip for each thing that is done to the recording beside the range', async () => {
    const { page, host, changed } = await openPictures();
    const operations: readonly Operation[] = [
      { op: 'from', at: { ns: 1e9 } },
      { op: 'focus', pattern: 'parse' },
      { op: 'hide', pattern: 'main' },
    ];
    host.view = { ...host.view, kernel: false, operations };
    await changed('view');
    const chips = page.locator('.chips .chip');
    await chips.nth(2).waitFor();
    assert.deepEqual(await chips.allInnerTexts(), [
      'kernel as part of the system call',
      'only with /parse/',
      'hidden /main/',
    ]);
    for (const text of ['only with /parse/', 'hidden /main/', 'kernel as part of the system call'])
      await page.getByRole('button', { name: `Remove: ${text}` }).click();
    await eventually(() => assert.ok(host.view.kernel));
    assert.deepEqual(host.view.operations, operations.slice(0, 1), 'the range stays');
    assert.equal(await chips.count(), 0);
  });

  it('has a chip again whose removal was taken back before it was shown', async () => {
    const { page, host, changed } = await openPictures();
    const operations: readonly Operation[] = [{ op: 'focus', pattern: 'parse' }];
    host.view = { ...host.view, operations };
    await changed('view');
    const chip = page.locator('.chip', { hasText: 'only with /parse/' });
    await chip.getByRole('button').click();
    await eventually(() => assert.deepEqual(host.view.operations, []));
    host.view = { ...host.view, operations };
    await changed('view');
    await chip.waitFor({ timeout: 10_000 });
  });

  it('asks the host to show the range that is dragged, in place of an earlier one, and keeps other operations', async () => {
    const { page, host, changed } = await openPictures();
    host.view = { ...host.view, operations: [{ op: 'focus', pattern: 'server' }] };
    await changed('view');
    await page.locator('.track', { hasText: 'worker-2' }).waitFor();
    await page.waitForTimeout(200);
    await drag(page, TRACKS, 0.25, 0.5);
    assert.match(await status(page), /^Range: /);
    assert.deepEqual(
      host.asked.filter(({ request }) => request === 'look'),
      [],
      'nothing is shown before the end',
    );
    await page.mouse.up();
    await chip(page).waitFor();
    const first = ends(looked(host));
    assert.deepEqual(
      first.map(([op]) => op),
      ['from', 'to', 'focus'],
    );
    assert.ok(
      Math.abs((first[0][1] as number) - 2) < 0.02 && Math.abs((first[1][1] as number) - 4) < 0.02,
      String(first),
    );
    assert.match(await chip(page).innerText(), /to .* · 2(.00)? s/);
    await changed('view');
    await drag(page, STACKS, 0.5, 0.75, [150, 150]);
    await page.mouse.up();
    await page.waitForTimeout(50);
    const second = ends(looked(host));
    assert.deepEqual(
      second.map(([op]) => op),
      ['from', 'to', 'focus'],
    );
    assert.ok(
      Math.abs((second[0][1] as number) - 4) < 0.02 && Math.abs((second[1][1] as number) - 6) < 0.02,
      String(second),
    );
    await chip(page).click();
    assert.deepEqual(ends(looked(host)), [['focus']]);
    await chip(page).waitFor({ state: 'hidden' });
  });

  it('needs no operation for an end that is the recording’s own', async () => {
    const { page, host } = await openPictures();
    await drag(page, OVERVIEW, 0.5, 1.2, [30, 30]);
    await page.mouse.up();
    await chip(page).waitFor();
    assert.deepEqual(
      ends(looked(host)).map(([op]) => op),
      ['from'],
    );
  });

  it('goes on showing all of the time, with the same pictures, when the range is shown elsewhere', async () => {
    let tracks = 0;
    const own = timeHost();
    const { page, host, changed } = await openPictures({
      tracks: (options) => {
        tracks++;
        return own.handlers.tracks(options);
      },
    });
    const before = tracks;
    host.view = {
      ...host.view,
      operations: [
        { op: 'from', at: { ns: 2e9 } },
        { op: 'to', at: { share: 0.5 } },
      ],
    };
    await changed('view');
    await chip(page).waitFor();
    assert.match(await chip(page).innerText(), /2\.\d+ s to 4\.\d+ s · 2 s/);
    assert.match(await status(page), /25.3 % of what is in view without the range/);
    assert.equal(tracks, before, 'nothing is asked again for a range');
  });

  it('chooses a range by keys: arrows, Shift to its end, Enter shows it, Escape gives it up', async () => {
    const { page, host } = await openPictures();
    await press(page, 'ArrowRight');
    assert.match(await spoken(page), /^3.6\d* s to 4.4\d* s · 800 ms. Enter shows it everywhere.$/);
    await press(page, 'ArrowRight', 'ArrowLeft', 'Shift+ArrowRight');
    assert.match(await spoken(page), /^3.6\d* s to 4.56\d* s · 960 ms/);
    await press(page, 'Escape', 'Enter');
    assert.deepEqual(host.asked, [], 'what was given up is not shown');
    await press(page, 'ArrowRight', 'Enter');
    assert.deepEqual(ends(looked(host)), [
      ['from', 3.6],
      ['to', 4.4],
    ]);
    assert.match(await spoken(page), /is shown everywhere/);
    await press(page, 'Escape');
    assert.deepEqual(looked(host), []);
    assert.match(await spoken(page), /All of the time/);
  });

  it('gives up what is being dragged with Escape', async () => {
    const { page, host } = await openPictures();
    await drag(page, TRACKS, 0.2, 0.4);
    await press(page, 'Escape');
    await page.mouse.up();
    assert.deepEqual(host.asked, []);
    assert.match(await status(page), /^worker-2/);
  });

  it('zooms about the pointer by the wheel, pans with Shift, and comes back as it was left', async () => {
    const { page, kept, reload } = await openPictures();
    const at = await place(page, STACKS, 0.25, 120);
    await page.mouse.move(at.x, at.y);
    for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, -120);
    await page.waitForTimeout(100);
    const window = async () =>
      ((await kept()) as { recording: { thread: number; window: { fromNs: number; toNs: number } } }).recording.window;
    const zoomed = await window();
    const length = zoomed.toNs - zoomed.fromNs;
    assert.ok(length < 2e9 && Math.abs(zoomed.fromNs + length / 4 - 2e9) < 1e7, JSON.stringify(zoomed));
    await page.keyboard.down('Shift');
    await drag(page, STACKS, 0.5, 0.25, [150, 150]);
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const moved = await window();
    assert.ok(Math.abs(moved.fromNs - zoomed.fromNs - length / 4) < length / 50);
    assert.ok(Math.abs(moved.toNs - moved.fromNs - length) < 1);
    await page.locator('.track', { hasText: 'gc' }).click();
    await press(page, 'h');
    await reload();
    await page.locator('.gutter-note', { hasText: 'Each column' }).waitFor();
    assert.match(await status(page), /^gc/);
    assert.deepEqual(await window(), moved);
    await press(page, '0');
    assert.deepEqual(await window(), { fromNs: 0, toNs: 8e9 });
  });

  it('opens the source of a box that is clicked, and offers the flame graph in its menu', async () => {
    const { page, host } = await openPictures();
    await page.locator('.track', { hasText: 'gc' }).click();
    await page.waitForTimeout(300);
    const box = await place(page, STACKS, 2.2 / 8, 18 + 30);
    await page.mouse.move(box.x, box.y);
    const card = page.locator('.hover-card');
    await card.waitFor();
    const words = await card.innerText();
    assert.match(words, /gc::collect/);
    assert.match(words, /sampled for\s*350 ms/);
    assert.match(words, /at 2.1\d* s, 10:02:05.100 by the clock/);
    await page.mouse.click(box.x, box.y);
    await eventually(() =>
      assert.deepEqual(host.asked, [{ request: 'open', ask: { file: '/home/me/server/src/server.cpp', line: 300 } }]),
    );
    await page.mouse.click(box.x, box.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Show in Flame Graph' }).click();
    await eventually(() =>
      assert.deepEqual(host.asked.at(-1), { request: 'flameGraph', ask: { function: 'gc::collect' } }),
    );
    await page.mouse.click(box.x, box.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Show This Range Everywhere' }).click();
    await eventually(() =>
      assert.deepEqual(ends(looked(host)), [
        ['from', 2.1],
        ['to', 2.45],
      ]),
    );
  });

  it('shows the heatmap, in which a range is dragged from cell to cell', async () => {
    const { page, host } = await openPictures();
    await press(page, 'h');
    await page.locator('.gutter-note', { hasText: 'Each column is 100 ms' }).waitFor();
    const { height } = (await page.locator('.plot canvas').nth(HEATMAP).boundingBox())!;
    // Of 81 columns the 11th, in its middle; of 50 rows, from the bottom up, the 11th.
    const y = (row: number) => height - ((row + 0.5) * (height - 18)) / 50;
    await drag(page, HEATMAP, 10.5 / 81, 20.5 / 81, [y(10), y(30)]);
    await page.mouse.up();
    await chip(page).waitFor();
    assert.deepEqual(ends(looked(host)), [
      ['from', 1.02],
      ['to', 2.062],
    ]);
    const cell = await place(page, HEATMAP, 21.5 / 81, y(3));
    await page.mouse.move(cell.x, cell.y);
    assert.match(await page.locator('.hover-card').innerText(), /2.106 s to 2.108 s\s+cost\s+\d ms/);
  });

  it('takes a click after the end of the recording, in the last column of the heatmap, for none', async () => {
    const { page, host } = await openPictures();
    await press(page, 'h');
    await page.locator('.gutter-note', { hasText: 'Each column is 100 ms' }).waitFor();
    const { height } = (await page.locator('.plot canvas').nth(HEATMAP).boundingBox())!;
    const blank = await place(page, HEATMAP, 80.5 / 81, height - (49.5 * (height - 18)) / 50);
    await page.mouse.click(blank.x, blank.y);
    const there = await place(page, HEATMAP, 79.5 / 81, height - (49.5 * (height - 18)) / 50);
    await page.mouse.click(there.x, there.y);
    await chip(page).waitFor();
    assert.equal(host.asked.filter(({ request }) => request === 'look').length, 1);
  });

  it('tells everything in tables', async () => {
    const { page, host } = await openPictures();
    await press(page, 't');
    const tables = page.locator('.tables');
    await tables.waitFor();
    assert.match(await tables.innerText(), /worker-2 \(512\)\s+500\s+1.01 s\s+25.3 %\s+1.01 k/);
    await page.getByRole('button', { name: 'gc (505)' }).click();
    await page.getByRole('button', { name: 'gc::collect' }).first().waitFor();
    await page.getByRole('button', { name: 'Show this range' }).first().click();
    assert.equal(ends(looked(host)).length, 2);
    await press(page, 't');
    await page.locator('.pictures').waitFor();
  });

  it('lets one choose threads by keys and Tab, and looks at one thread everywhere', async () => {
    const { page, host } = await openPictures();
    await press(page, 'ArrowDown', 'ArrowDown');
    assert.match(await status(page), /^worker-3/);
    await press(page, 'Tab', 'Tab', 'Enter');
    assert.match(await status(page), /^worker-1/);
    await page.locator('.track', { hasText: 'gc' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Show Only This Thread' }).click();
    assert.deepEqual(host.asked.at(-1), { request: 'look', ask: { threads: [5] } });
  });

  it('shows fifty of many threads, and more when asked', async () => {
    const profile = timedProfile({ seed: 1, samples: 20_000, threads: 120 });
    const { page } = await openPictures({ profile });
    assert.equal(await page.locator('.track').count(), 51);
    assert.match(await page.locator('.track.more').innerText(), /and 71 more/);
    await page.locator('.track.more').click();
    await page.locator('.track.more', { hasText: 'and 21 more' }).waitFor();
    assert.equal(await page.locator('.track').count(), 101);
  });

  it('says why there is nothing to see', async () => {
    const builder = new ProfileBuilder();
    const stack = builder.stackOf([builder.frame({ function: builder.function({ name: 'main' }) })]);
    builder.addWeight(builder.sample(stack, NONE, Number.NaN), builder.value('cpu', 'nanoseconds'), 5);
    const { page, host, changed } = await open({ profile: builder.finish() });
    await page.getByRole('heading', { name: /has no time/ }).waitFor();
    assert.match(await page.locator('.placeholder p').innerText(), /It says how much, not when/);
    host.state = { status: 'empty', actions: [{ id: 'perfwright.openProfile', title: 'Open Profile…' }] };
    await changed('state');
    await page.getByRole('button', { name: 'Open Profile…' }).click();
    assert.deepEqual(host.asked.at(-1), { request: 'act', ask: 'perfwright.openProfile' });
    host.state = { status: 'loading', title: 'perf.data', doing: 'Reading', done: 0.5 };
    await changed('state');
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(host.asked.at(-1), { request: 'cancel', ask: null });
  });

  it('names only what there is to choose from where nothing costs anything', async () => {
    const nothing = new ProfileBuilder();
    nothing.value('cpu', 'nanoseconds');
    const { page } = await open({ profile: nothing.finish() });
    await page.getByText('The recording holds no samples.').waitFor();
    const { page: filtered, host, changed } = await open();
    host.view = { ...host.view, operations: [{ op: 'focus', pattern: 'no such name' }] };
    await changed('view');
    await filtered.getByText('Change the threads, the value or the filters.').waitFor();
    await filtered.getByRole('button', { name: 'Remove All Filters' }).click();
    assert.deepEqual(host.asked.at(-1), { request: 'look', ask: { operations: [] } });
  });

  it('says what has failed, and tries again', async () => {
    let isBroken = true;
    const own = timeHost();
    const { page } = await open({
      tracks: (options) => {
        if (isBroken) throw new Error('The profile was closed.');
        return own.handlers.tracks(options);
      },
    });
    assert.match(await page.locator('.placeholder').innerText(), /The profile was closed/);
    isBroken = false;
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.locator('.track').first().waitFor();
  });

  it('lists its keys, and follows the theme', async () => {
    const { page, setTheme } = await openPictures();
    await press(page, '?');
    assert.match(await page.getByRole('dialog', { name: 'Keys' }).innerText(), /Enter\s+show the range everywhere/);
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const seen = new Set<string>();
    for (const theme of ['dark', 'light', 'high-contrast'] as const) {
      await setTheme(theme);
      const { x, y } = await place(page, STACKS, 5.8 / 8, 30);
      const shot = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
      seen.add(shot.toString('base64'));
    }
    assert.equal(seen.size, 3);
  });
});
