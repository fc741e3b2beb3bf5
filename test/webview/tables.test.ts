import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Profile } from '../../src/core/profile/profile.ts';
import type { Handlers } from '../../src/protocol/contract.ts';
import type { TableName, TablesContract } from '../../src/protocol/tables.ts';
import { needTool } from '../support/need-tool.ts';
import type { PanelPageOptions } from './panel-page.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { type SampleTables, sampleTables } from './sample-tables.ts';

describe('the tables’ page', { skip: needTool('chromium') }, () => {
  const pages = panelUnderTest('tables');

  async function open(
    overrides: Partial<Handlers<TablesContract>> & { profile?: Profile } = {},
    options: PanelPageOptions = {},
  ) {
    const host = sampleTables(overrides);
    return { host, ...(await pages.open(host.handlers, options)) };
  }

  /** The same with a table on the page and the focus in it. */
  async function openTable(table: TableName, ...args: Parameters<typeof open>) {
    const tables = await open(...args);
    await grid(tables.page).waitFor();
    if (table === 'down') await tables.page.keyboard.press('d');
    if (table === 'up') await tables.page.keyboard.press('u');
    await tables.page.locator(`.virtual-table[aria-label="${LABELS[table]}"]`).waitFor();
    await grid(tables.page).focus();
    await settled(tables.page);
    return tables;
  }

  const LABELS = { top: 'Top table', down: 'Call tree', up: 'Call tree from the bottom up' };
  const grid = (page: Page) => page.locator('.virtual-table');
  const press = async (page: Page, ...keys: readonly string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await settled(page);
    }
  };
  /** What was asked for has come, and is drawn. */
  const settled = async (page: Page) => {
    for (let times = 0; times < 2; times++) {
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      await page.waitForFunction(() => document.querySelector('main')?.ariaBusy === 'false');
    }
  };
  /** Texts of the rows on the page, from the top, each with its cells apart by tabs. */
  const rows = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.vt-rows .vt-row')]
        .filter((row) => row.style.display !== 'none')
        .sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .map((row) => [...row.children].map((cell) => cell.textContent.trim()).join('\t')),
    );
  const names = async (page: Page, column: number) => (await rows(page)).map((row) => row.split('\t')[column]);
  const current = (page: Page) =>
    page.evaluate(() => {
      const id = document.querySelector('.virtual-table')?.getAttribute('aria-activedescendant');
      return id ? [...document.getElementById(id)!.children].map((cell) => cell.textContent.trim()).join('\t') : '';
    });
  const words = (page: Page) => page.locator('.status-words').innerText();
  const notice = (page: Page) => page.locator('.status-notice').innerText();
  const search = async (page: Page, text: string) => {
    await page.keyboard.press('/');
    await page.keyboard.type(text);
    await settled(page);
  };
  const asked = (host: SampleTables, request: string) =>
    host.asked.filter((one) => one.request === request).map(({ ask }) => ask);

  it('lists functions by their own cost, with both costs and both shares', async () => {
    const { page } = await openTable('top');
    const [first, second] = await rows(page);
    assert.equal(first, '460 ms\t46.0 %\t460 ms\t46.0 %\trender::Vector<double, 3>::dot\tscene.cpp:12\trender');
    assert.equal(second, '120 ms\t12.0 %\t120 ms\t12.0 %\t__sqrt_finite\t\tlibm.so.6');
    assert.equal(await words(page), '431 functions');
    assert.match(await page.locator('.status-quality').innerText(), /411 samples · check data/);
    await page.locator('.status-quality').click();
    assert.match(await page.locator('.note-card').innerText(), /12.0 % of the stacks.*Time off the processor/s);
  });

  it('sorts by the column that is clicked, first the way one wants it, then the other way', async () => {
    const { page } = await openTable('top');
    const head = (name: string) => page.getByRole('columnheader', { name, exact: true });
    await head('Total').getByRole('button').click();
    await settled(page);
    assert.equal(await head('Total').getAttribute('aria-sort'), 'descending');
    assert.equal(await head('Self').getAttribute('aria-sort'), null);
    assert.deepEqual((await names(page, 4)).slice(0, 3), ['__libc_start_main', '_start', 'main']);
    await head('Function').getByRole('button').click();
    await settled(page);
    const byName = await names(page, 4);
    assert.equal(await head('Function').getAttribute('aria-sort'), 'ascending');
    assert.deepEqual(
      byName,
      byName.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
    );
    await head('Function').getByRole('button').press('Enter');
    await settled(page);
    assert.equal((await names(page, 4))[0], 'vfs_write kernel');
  });

  it('leaves the focus on the head that sorts; the arrow down goes from there into the table', async () => {
    const { page } = await openTable('top');
    const button = page.getByRole('columnheader', { name: 'Total', exact: true }).getByRole('button');
    const isFocused = (of: typeof button) => of.evaluate((one) => one === document.activeElement);
    await button.press('Enter');
    await settled(page);
    assert.ok(await isFocused(button), 'after sorting');
    await page.keyboard.press('ArrowDown');
    assert.ok(await isFocused(grid(page)), 'after the arrow');
    assert.match(await current(page), /__libc_start_main/, 'the current row is the first still');
  });

  it('has rows of lines, files and modules too', async () => {
    const { page } = await openTable('top');
    const choose = async (label: string) => {
      await page.getByRole('combobox', { name: 'Rows are' }).click();
      await page.getByRole('option', { name: label }).click();
      await settled(page);
    };
    await choose('By module');
    assert.match((await rows(page))[0], /^[\d.]+ ms\t[\d.]+ %\t980 ms\t98.0 %|\/home\/me\/render\/build\/render$/);
    assert.equal(await words(page), '5 modules');
    await choose('By file');
    assert.equal((await rows(page)).length, 2);
    assert.match((await names(page, 4)).join(), /\/home\/me\/render\/src\/scene\.cpp/);
    await choose('By line');
    assert.match((await rows(page))[0], /dot\tscene\.cpp:15/);
  });

  it('shows what a search leaves, counts it, and keeps shares of the whole', async () => {
    const { page } = await openTable('top');
    await search(page, 'intersect');
    assert.deepEqual(await names(page, 4), ['render::Sphere::intersect', 'render::Plane::intersect']);
    assert.deepEqual(await names(page, 1), ['9.0 %', '6.0 %']);
    assert.equal(await words(page), '2 of 431 functions · self 15.0 %');
    await page.getByRole('button', { name: 'Use a regular expression' }).click();
    await search(page, '^png_|^deflate(');
    assert.equal(await notice(page), 'Not a regular expression (RE2’s syntax)');
    await press(page, 'Escape');
    await search(page, '^png_|^deflate');
    assert.deepEqual((await names(page, 4)).toSorted(), [
      'deflate_slow',
      'png_write_end',
      'png_write_find_filter',
      'png_write_row',
    ]);
    assert.equal(await notice(page), '');
    await press(page, 'Escape', 'Escape');
    assert.equal(await words(page), '431 functions');
  });

  it('opens the source by Enter and by a double click, and says why it can’t', async () => {
    const { page, host } = await openTable('top');
    await press(page, 'Enter');
    await page.getByText('render::Sphere::intersect', { exact: true }).dblclick();
    await settled(page);
    assert.deepEqual(asked(host, 'open'), [
      { file: '/home/me/render/src/scene.cpp', line: 12 },
      { file: '/home/me/render/src/scene.cpp', line: 40 },
    ]);
    await press(page, 'Home', 'ArrowDown', 'Enter');
    assert.match(await notice(page), /The source of __sqrt_finite is not known/);
  });

  it('is walked by keys, says where one is, and selects with Shift', async () => {
    const { page } = await openTable('top');
    await press(page, 'End');
    assert.equal(await grid(page).getAttribute('aria-rowcount'), '432');
    const last = await page.locator('.vt-row.current').getAttribute('aria-rowindex');
    assert.equal(last, '432');
    await press(page, 'PageUp', 'PageUp', 'Home', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
    assert.match(await current(page), /libc\.so\.6\+0x9f3a1/);
    assert.equal(await page.locator('.vt-rows [aria-selected=true]').count(), 3);
  });

  it('copies the selected rows or all, as TSV and as Markdown', async () => {
    const { page, host } = await openTable('top');
    await press(page, 'Shift+ArrowDown');
    await page.evaluate(() =>
      document.activeElement!.dispatchEvent(new ClipboardEvent('copy', { bubbles: true, cancelable: true })),
    );
    await settled(page);
    const lines = host.clipboard.split('\n');
    assert.equal(
      lines[0],
      'Self (nanoseconds)\tSelf (%)\tTotal (nanoseconds)\tTotal (%)\tFunction\tFile\tLine\tModule',
    );
    assert.match(lines[1], /^460000000\t46\t460000000\t46\trender::Vector<double, 3>::dot/);
    assert.equal(lines.length, 4);
    assert.equal(await notice(page), '2 rows copied');
    await page.getByRole('button', { name: 'Copy rows' }).click();
    await page.getByRole('menuitem', { name: 'Copy All Rows as Markdown' }).click();
    await settled(page);
    assert.equal(host.clipboard.split('\n').length, 431 + 3);
    assert.match(host.clipboard, /^\| Self \(nanoseconds\) \| /);
    await press(page, 'm');
    await page.getByRole('menuitem', { name: 'Copy Name' }).click();
    await settled(page);
    assert.equal(host.clipboard, '__sqrt_finite');
  });

  it('offers what can be done with a row, means it exactly, and follows the view', async () => {
    const { page, host, changed } = await openTable('top');
    await page.getByText('render::Sphere::intersect', { exact: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Merge It Into Its Callers' }).click();
    await settled(page);
    assert.deepEqual(asked(host, 'look'), [{ operations: [{ op: 'merge', pattern: '^render::Sphere::intersect$' }] }]);
    await changed('view');
    await settled(page);
    assert.ok(!(await names(page, 4)).includes('render::Sphere::intersect'));
    const chip = page.getByRole('list', { name: 'What is looked at' });
    assert.match(await chip.innerText(), /\^render::Sphere::intersect\$/);
    await chip.getByRole('button').click();
    await changed('view');
    await settled(page);
    assert.ok((await names(page, 4)).includes('render::Sphere::intersect'));
    await press(page, 'Home', 'f', 'c');
    assert.deepEqual(
      (asked(host, 'show') as { where: string; name: string }[]).map(({ where, name }) => [where, name]),
      [
        ['flameGraph', 'render::Vector<double, 3>::dot'],
        ['callers', 'render::Vector<double, 3>::dot'],
      ],
    );
  });

  it('shows a call tree, open along what costs most, that keys open and close', async () => {
    const { page } = await openTable('down');
    const before = await names(page, 3);
    assert.deepEqual(before.slice(0, 7), [
      'all',
      '_start',
      '__libc_start_main',
      'main',
      'render::Scene::draw',
      'render::Ray::trace',
      'render::Sphere::intersect',
    ]);
    await press(page, 'Home', 'ArrowDown');
    const row = page.locator('.vt-row.current');
    assert.equal(await row.getAttribute('aria-level'), '2');
    assert.equal(await row.getAttribute('aria-expanded'), 'true');
    assert.equal(await row.getAttribute('aria-setsize'), '2');
    await press(page, 'ArrowLeft');
    assert.deepEqual(await names(page, 3), ['all', '_start', '[unknown]']);
    assert.equal(await row.getAttribute('aria-expanded'), 'false');
    await press(page, 'ArrowRight', 'ArrowRight');
    assert.match(await current(page), /__libc_start_main/);
    await press(page, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    assert.match(await current(page), /\tall\t/);
    await press(page, 'x');
    await page.locator('.twist.codicon-chevron-right').first().click();
    await settled(page);
    assert.deepEqual(await names(page, 3), ['all', '_start', '__libc_start_main', '[unknown]']);
  });

  it('expands the most expensive path and everything below, and collapses it again', async () => {
    const { page } = await openTable('down');
    await press(page, 'x', '*');
    assert.match(await current(page), /300 ms\t30.0 %\t300 ms\trender::Vector<double, 3>::dot inlined/);
    await press(page, 'Home', 'e');
    // Four hundred tiny calls are below.
    assert.ok(Number(await grid(page).getAttribute('aria-rowcount')) > 430);
    await press(page, 'x');
    assert.equal(await grid(page).getAttribute('aria-rowcount'), '4');
  });

  it('says that there is more below than it opens at once', async () => {
    const { page } = await openTable('down', {
      expansion: () => ({ tree: 1, nodes: [0], last: 0, isCut: true }),
      calls: (ask) => ({ ...sampleTables().handlers.calls(ask), tree: 1 }) as never,
    });
    await press(page, 'e');
    assert.equal(await notice(page), 'There is more below than is opened at once');
  });

  it('steps through what a search finds, and expands to it', async () => {
    const { page } = await openTable('down');
    await press(page, 'x');
    await search(page, 'intersect');
    assert.equal(await words(page), '3 matches · 73.0 % of all');
    await press(page, 'Enter');
    assert.equal(await words(page), '1 of 3 matches · 73.0 % of all');
    assert.match(await current(page), /render::Sphere::intersect/);
    await press(page, 'Escape', 'n', 'n');
    assert.match(await current(page), /render::Plane::intersect/);
    await press(page, 'n');
    assert.match(await words(page), /^1 of 3/);
    await press(page, 'N');
    assert.match(await words(page), /^3 of 3/);
    assert.equal(await page.locator('.vt-rows .marked').count(), 3);
  });

  it('shows who called what costs something, from the bottom up', async () => {
    const { page } = await openTable('up');
    await press(page, 'x', 'ArrowRight');
    await press(page, 'Home', 'ArrowRight', 'ArrowDown', 'ArrowRight');
    assert.deepEqual((await rows(page)).slice(0, 2), [
      '1 s\t100 %\t0 ns\tall\t\t',
      '460 ms\t46.0 %\t0 ns\trender::Vector<double, 3>::dot\tscene.cpp:12\trender',
    ]);
    assert.match((await names(page, 3)).join(), /render::Sphere::intersect|__sqrt_finite/);
  });

  it('comes back as it was left: the table, its order, its search, its widths and what is expanded', async () => {
    const { page, reload } = await openTable('down');
    await press(page, 'x', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await page.getByRole('columnheader', { name: 'Self' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'Self' }).getByRole('button').press('Shift+ArrowRight');
    await search(page, 'main');
    await page.waitForTimeout(200);
    const [before, found] = [await rows(page), await words(page)];
    assert.ok(before.length > 3);
    await reload();
    await grid(page).waitFor();
    await settled(page);
    assert.deepEqual(await rows(page), before);
    assert.equal(await words(page), found);
    const self = page.getByRole('columnheader', { name: 'Self' });
    assert.equal(await self.getAttribute('aria-sort'), 'descending');
    assert.equal((await self.boundingBox())!.width, 92 + 16);
  });

  it('stays open by names when the view changes, and when the worker has let go of the tree', async () => {
    const { page, host, changed } = await openTable('down');
    await press(page, 'x', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await page.waitForTimeout(200);
    const before = await names(page, 3);
    assert.deepEqual(before, ['all', '_start', '__libc_start_main', 'main', '[unknown]']);
    host.forget();
    await press(page, 'ArrowLeft');
    assert.deepEqual(await names(page, 3), before, 'nodes of a former tree are found again by their names');
    await press(page, 'ArrowLeft', 'ArrowRight');
    await page.waitForTimeout(200);
    host.view = { ...host.view, kernel: false };
    await changed('view');
    await settled(page);
    assert.deepEqual(await names(page, 3), before);
  });

  it('starts afresh where what was kept is not what it keeps', async () => {
    const { page, reload } = await openTable('top');
    await page.evaluate(() =>
      (window as unknown as { keepState(state: string): void }).keepState('{"table":"sideways"}'),
    );
    await reload();
    await grid(page).waitFor();
    assert.equal(await words(page), '431 functions');
  });

  it('shows the table that a command asked for', async () => {
    const wanted: (TableName | null)[] = [null, 'down'];
    const { page, changed } = await openTable('top', { wanted: () => wanted.shift() ?? null });
    await changed('wanted');
    await page.locator('.virtual-table[aria-label="Call tree"]').waitFor();
  });

  it('says what it waits for, offers the next step, and shows the host’s error with a way to try again', async () => {
    const { page, host, changed } = await openTable('top');
    host.state = { status: 'loading', title: 'perf.data', doing: 'Reading', done: 0.4 };
    await changed('state');
    await page.getByRole('button', { name: 'Cancel' }).click();
    host.state = { status: 'empty', actions: [{ id: 'perfwright.profile', title: 'Profile…' }] };
    await changed('state');
    await page.getByRole('button', { name: 'Profile…' }).click();
    await settled(page);
    assert.deepEqual([asked(host, 'cancel'), asked(host, 'act')], [[null], ['perfwright.profile']]);
  });

  it('shows the host’s error with a way to try again', async () => {
    let isBroken = true;
    const sample = sampleTables();
    const { page } = await open({
      top: (ask) => {
        if (isBroken) throw new Error('The profile of /tmp/perf.data was closed.');
        return sample.handlers.top(ask);
      },
    });
    await page.getByText('The profile of /tmp/perf.data was closed.').waitFor();
    isBroken = false;
    await page.getByRole('button', { name: 'Try Again' }).click();
    await grid(page).waitFor();
  });

  it('says why rows can’t be had, and asks for them once only', async () => {
    let failures = 0;
    const sample = sampleTables();
    const { page } = await openTable('top', {
      top: (ask) => {
        if (ask.from < 400) return sample.handlers.top(ask);
        failures++;
        throw new Error('The profile of /tmp/perf.data was closed.');
      },
    });
    await press(page, 'End');
    await page.locator('.status-notice', { hasText: 'The profile of /tmp/perf.data was closed.' }).waitFor();
    await press(page, 'ArrowUp', 'ArrowUp');
    assert.equal(failures, 1);
  });

  it('lists its keys', async () => {
    const { page } = await openTable('top');
    await press(page, '?');
    assert.match(await page.getByRole('dialog', { name: 'Keys' }).innerText(), /expand the most expensive path/);
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('keeps the parents of what is seen in sight', async () => {
    const { page } = await openTable('down', {}, { height: 400 });
    await press(page, 'x', 'e');
    await search(page, 'Token200::');
    await press(page, 'Enter', 'Escape');
    await settled(page);
    const sticky = await page
      .locator('.vt-sticky .vt-row')
      .evaluateAll((all) => all.map((row) => row.children[3].textContent.trim()));
    assert.deepEqual(sticky, ['main', 'render::load_scene', 'render::parse']);
    const { y, height } = (await page.locator('.vt-rows .vt-row.current').boundingBox())!;
    const stuck = (await page.locator('.vt-sticky').boundingBox())!;
    assert.ok(y >= stuck.y + stuck.height - 1 && y + height <= 400, 'the match is not behind them');
  });

  it('reaches every row of a million, by keys, by the wheel and by the scroll bar', async () => {
    const { page } = await openTable('top', { top: manyRows(1_000_000) });
    await page.waitForFunction(() => document.querySelector('.status-words')?.textContent === '1,000,000 functions');
    await press(page, 'End');
    await page.waitForTimeout(500);
    assert.match(await current(page), /\tf1000000\t/);
    await press(page, 'ArrowUp');
    assert.match(await current(page), /\tf999999\t/);
    const first = async () =>
      Number(
        await page
          .locator('.vt-rows .vt-row')
          .evaluateAll((all) =>
            Math.min(
              ...all
                .filter((row) => (row as HTMLElement).style.display !== 'none')
                .map((row) => Number(row.ariaRowIndex)),
            ),
          ),
      );
    const before = await first();
    await page.mouse.move(400, 300);
    await page.mouse.wheel(0, -220);
    await page.waitForTimeout(500);
    assert.equal(await first(), before - 10, 'ten rows up');
    await grid(page).evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight / 2;
    });
    await page.waitForTimeout(800);
    assert.ok(Math.abs((await first()) - 500_000) < 100, `row ${await first()}`);
    assert.ok(
      (await rows(page)).every((row) => row.includes('\tf')),
      'all rows have come',
    );
    const { width, height } = await grid(page).evaluate(({ scrollWidth, scrollHeight }) => ({
      width: scrollWidth,
      height: scrollHeight,
    }));
    assert.ok(height < 33_000_000 && width <= 1200);
  });
});

/** A table of so many functions, `f1` first: what the worker would answer, without the seconds that it takes to make such a profile. */
function manyRows(count: number): Handlers<TablesContract>['top'] {
  return ({ from, count: wanted }) => ({
    whole: count,
    total: count,
    allCount: count,
    rowCount: count,
    self: count,
    rows: Array.from({ length: Math.min(wanted, count - from) }, (_, at) => ({
      function: from + at,
      name: `f${from + at + 1}`,
      fullName: `f${from + at + 1}()`,
      file: '',
      line: 0,
      module: '',
      kind: 'native',
      self: 1,
      total: 1,
      isCut: false,
      inWorkspace: false,
    })),
  });
}
