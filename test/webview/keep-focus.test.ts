import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rgb } from 'd3';
import type { Page } from 'playwright-core';
import type { Operation } from '../../src/core/profile/operations/operation.ts';
import { contrast } from '../../webview/widgets/flame-paints.ts';
import { needTool } from '../support/need-tool.ts';
import { compareHost } from './compare-host.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { sampleHost } from './sample-host.ts';
import { sampleTables } from './sample-tables.ts';
import { timeHost } from './time-host.ts';

const FILTERED: readonly Operation[] = [{ op: 'ignore', pattern: 'nothing_like_it' }];

describe('who uses a panel by keys alone', { skip: needTool('chromium') }, () => {
  const compare = panelUnderTest('compare');
  const flameGraph = panelUnderTest('flame-graph');
  const tables = panelUnderTest('tables');
  const overTime = panelUnderTest('over-time');

  /** What has the focus: the page's own body where nothing has. */
  const hasFocus = (page: Page, selector: string) =>
    page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector, { timeout: 10_000 });
  const press = async (page: Page, selector: string) => {
    await page.locator(selector).first().focus();
    await page.keyboard.press('Enter');
  };

  async function openGraph(host = sampleHost()) {
    const opened = await flameGraph.open(host.handlers);
    await opened.page.locator('.breadcrumb button').first().waitFor();
    await opened.page.locator('.graph').focus();
    return { host, ...opened };
  }

  it('is in what is shown when the last chip is taken away', async () => {
    const [flame, compared, table, time] = [sampleHost(), compareHost(), sampleTables(), timeHost()];
    flame.handlers.look({ operations: FILTERED });
    compared.handlers.look({ operations: FILTERED });
    table.view = { ...table.view, operations: FILTERED };
    time.view = { ...time.view, operations: FILTERED };
    const pages = [
      [await flameGraph.open(flame.handlers), '.graph'],
      [await compare.open(compared.handlers), '.graph'],
      [await tables.open(table.handlers), '.virtual-table'],
      [await overTime.open(time.handlers), '.pictures'],
    ] as const;
    for (const [{ page }, shown] of pages) {
      await page.locator(shown).waitFor();
      await press(page, '.chip button');
      await hasFocus(page, shown);
    }
  });

  it('sees where it is on a chip', async () => {
    const host = sampleHost();
    host.handlers.look({ operations: FILTERED });
    for (const theme of ['dark', 'light', 'high-contrast'] as const) {
      const { page } = await flameGraph.open(host.handlers, { theme });
      await page.locator('.chip button').focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      const [ring, ground] = await page.locator('.chip').evaluate((chip) => {
        const { outlineColor } = getComputedStyle(chip.querySelector('button')!);
        return [outlineColor, getComputedStyle(chip).backgroundColor];
      });
      const ratio = contrast(rgb(ring), rgb(ground));
      assert.ok(ratio >= 3, `${theme}: ${ring} on ${ground}: ${ratio}`);
    }
  });

  it('is told what the search’s field is for', async () => {
    const { page } = await openGraph();
    await page.keyboard.press('/');
    assert.ok(await page.getByRole('textbox', { name: 'Search functions' }).isVisible());
  });

  it('is in the picture when a button that was pressed has nothing more to do', async () => {
    const { page } = await openGraph();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await press(page, '[title^="Back to the former zoom"]');
    await hasFocus(page, '.graph');
    await page.keyboard.press('/');
    await page.keyboard.type('intersect');
    await press(page, '[title^="Next match"]');
    await page.keyboard.press('Escape');
    await hasFocus(page, '.graph');
  });

  it('is where the picture was as long as there is none, and in it again when it comes back', async () => {
    const { page, host, changed } = await openGraph();
    host.handlers.look({ operations: [{ op: 'focus', pattern: 'nothing_like_it' }] });
    await changed('view');
    await page.getByText('Remove All Filters').waitFor();
    await hasFocus(page, '.stage');
    await page.keyboard.press('Tab');
    await hasFocus(page, '.placeholder vscode-button');
    await page.locator('.stage').focus();
    host.handlers.look({ operations: [] });
    await changed('view');
    await hasFocus(page, '.graph');
  });

  it('leaves it to nothing where the page’s own ground was clicked', async () => {
    const { page } = await openGraph();
    await page.locator('.status-row').click({ position: { x: 2, y: 2 } });
    await page.waitForTimeout(100);
    await hasFocus(page, 'body');
  });

  it('is in the rows of a table that takes the picture’s place, though they come later', async () => {
    const host = compareHost();
    const { table } = host.handlers;
    const { page } = await compare.open({
      ...host.handlers,
      table: async (ask) => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        return table(ask);
      },
    });
    await page.locator('.breadcrumb button').first().waitFor();
    await page.locator('.graph').focus();
    await page.keyboard.press('t');
    await hasFocus(page, '.change-table tbody tr:first-child');
    await page.keyboard.press('ArrowDown');
    await hasFocus(page, '.change-table tbody tr:nth-child(2)');
  });

  it('goes from match to match in the flame graph’s table', async () => {
    const { page } = await openGraph();
    await page.keyboard.press('t');
    await page.keyboard.press('/');
    await page.keyboard.type('intersect');
    await page.keyboard.press('Escape');
    for (let times = 0; times < 2; times++) {
      await page.keyboard.press('n');
      await hasFocus(page, '.tree-table tr.match');
    }
  });

  it('leaves a menu with Tab for what it is of', async () => {
    const { page } = await openGraph();
    for (const key of ['Tab', 'Shift+Tab']) {
      for (const opening of ['Home', 'ArrowDown', 'm']) await page.keyboard.press(opening);
      await hasFocus(page, '[role=menuitem]');
      await page.keyboard.press(key);
      await page.locator('.menu').waitFor({ state: 'detached' });
      await hasFocus(page, '.graph');
    }
  });

  it('is in the pictures over time when the range is cleared, and at its place in tables that are made anew', async () => {
    const { page } = await overTime.open(timeHost().handlers);
    await page.locator('.track').first().waitFor();
    await page.locator('.pictures').focus();
    for (const key of ['ArrowRight', 'Enter']) await page.keyboard.press(key);
    await press(page, '.range-chip');
    await hasFocus(page, '.pictures');
    await page.keyboard.press('t');
    await page.locator('.tables tr:nth-child(3) button').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.tables tr:nth-child(3)[aria-selected]').waitFor();
    await hasFocus(page, '.tables tr:nth-child(3) button');
  });
});
