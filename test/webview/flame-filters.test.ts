import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Handlers } from '../../src/protocol/contract.ts';
import type { FlameGraphContract } from '../../src/protocol/flame-graph.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { sampleHost } from './sample-host.ts';

type Tree = Handlers<FlameGraphContract>['tree'];

describe('filters and directions of the flame graph’s page', { skip: needTool('chromium') }, () => {
  const pages = panelUnderTest('flame-graph');

  async function openGraph(slowed: (tree: Tree) => Tree = (tree) => tree) {
    const host = sampleHost();
    const { page, changed } = await pages.open({ ...host.handlers, tree: slowed(host.handlers.tree) });
    await page.locator('.breadcrumb button').first().waitFor();
    await page.locator('.graph').focus();
    return { host, page, changed };
  }

  /** Finds a function, so that its frame is selected. */
  async function select(page: Page, name: string): Promise<void> {
    await page.keyboard.press('/');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.waitForFunction(
      (wanted) => document.querySelector('.status-frame')?.textContent?.includes(wanted),
      name,
    );
  }

  const status = (page: Page) => page.locator('.status-frame').innerText();
  const chips = (page: Page) => page.locator('.chip').allInnerTexts();

  it('has a chip for each filter, which takes it away', async () => {
    const { host, page, changed } = await openGraph();
    assert.equal(await page.locator('.chips').isVisible(), false);
    await select(page, 'intersect');
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: 'Only Samples With It' }).click();
    assert.deepEqual(host.view.operations, [{ op: 'focus', pattern: '^render::Sphere::intersect$' }]);
    await changed('view');
    await page.locator('.chip').waitFor();
    assert.match((await chips(page))[0], /Sphere::intersect/);
    await page.keyboard.press('0');
    await page.getByRole('button', { name: /^Remove: / }).click();
    assert.deepEqual(host.view.operations, []);
    await changed('view');
    await page.locator('.chips').waitFor({ state: 'hidden' });
  });

  it('adds a second filter to the first, and takes two away, also before the first is shown', async () => {
    const { host, page, changed } = await openGraph();
    for (const name of ['Only Samples With It', 'Without Samples of It']) {
      await select(page, name.startsWith('Only') ? 'intersect' : 'dot');
      await page.keyboard.press('m');
      await page.getByRole('menuitem', { name }).click();
    }
    assert.deepEqual(
      host.view.operations.map(({ op }) => op),
      ['focus', 'ignore'],
    );
    await changed('view');
    await page.locator('.chip').nth(1).waitFor();
    for (let chip = 0; chip < 2; chip++)
      await page
        .getByRole('button', { name: /^Remove: / })
        .first()
        .click();
    assert.deepEqual(host.view.operations, []);
    await page.locator('.chips').waitFor({ state: 'hidden' });
  });

  it('has a chip for threads, the kernel, inlined functions and a direction that aren’t the usual ones', async () => {
    const { page, host, changed } = await openGraph();
    const show = async (texts: readonly string[]) => {
      await changed('view');
      await page.waitForFunction(
        (wanted) => [...document.querySelectorAll('.chip')].map((chip) => chip.textContent).join() === wanted,
        texts.join(),
      );
    };
    const remove = (text: string) => page.getByRole('button', { name: `Remove: ${text}` }).click();
    const INLINES = 'inlined functions as part of their caller';
    const KERNEL = 'kernel as part of the system call';
    const usual = host.view;
    host.handlers.look({
      threads: [0],
      inlines: false,
      kernel: false,
      operations: [{ op: 'focus', pattern: 'intersect' }],
    });
    await show(['thread render (4242)', INLINES, KERNEL, 'only with /intersect/']);
    await select(page, 'intersect');
    await page.keyboard.press('b');
    await show(['thread render (4242)', INLINES, KERNEL, 'only with /intersect/', 'from the bottom up']);
    await select(page, 'intersect');
    await page.keyboard.press('w');
    const sandwich = 'callers and callees of render::Sphere::intersect';
    await show(['thread render (4242)', INLINES, KERNEL, 'only with /intersect/', sandwich]);
    await remove(sandwich);
    await show(['thread render (4242)', INLINES, KERNEL, 'only with /intersect/', 'from the bottom up']);
    await remove('from the bottom up');
    await remove(KERNEL);
    await remove('thread render (4242)');
    await show([INLINES, 'only with /intersect/']);
    await remove('only with /intersect/');
    await remove(INLINES);
    await show([]);
    assert.deepEqual(host.view, usual);
    // The chips may be there before the graph is.
    await page.locator('.graph').focus();
    await eventually(async () => {
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      assert.match(await status(page), /_start/, 'from the top down');
    });
  });

  it('adds up only what a filter leaves', async () => {
    const { page, host, changed } = await openGraph();
    const whole = await status(page);
    host.handlers.look({ operations: [{ op: 'focus', pattern: 'Sphere::intersect' }] });
    await changed('view');
    await page.locator('.chip').waitFor();
    await page.locator('.graph').focus();
    await page.keyboard.press('Home');
    assert.notEqual(await status(page), whole);
    assert.match(await status(page), /all.*670 ms/s);
  });

  it('asks for a filter, and takes the last change back, by key', async () => {
    const { page, host } = await openGraph();
    await page.keyboard.press('a');
    await page.keyboard.press('k');
    await page.keyboard.press('u');
    assert.deepEqual(
      host.asked.map(({ request }) => request),
      ['addFilter', 'look', 'step'],
    );
  });

  it('shows what was running first, and who called it below, bottom up', async () => {
    const { page } = await openGraph();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    assert.match(await status(page), /_start/);
    await page.keyboard.press('b');
    await page.waitForFunction(() => !document.querySelector('.status-name')?.textContent?.includes('_start'));
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    assert.match(await status(page), /dot/);
    await page.keyboard.press('ArrowDown');
    assert.match(await status(page), /intersect/);
    await page.keyboard.press('b');
    await page.waitForFunction(() => !document.querySelector('.status-name')?.textContent?.includes('intersect'));
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    assert.match(await status(page), /_start/);
  });

  it('leaves the focus in the picture while calls are being added up', async () => {
    const { page } = await openGraph((tree) => async (wish) => {
      if (wish.isBottomUp) await new Promise((resolve) => setTimeout(resolve, 1000));
      return tree(wish);
    });
    await page.keyboard.press('b');
    await page.getByText('Adding up the calls').waitFor();
    await page.getByText('Adding up the calls').waitFor({ state: 'detached' });
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.querySelector('.status-name')?.textContent?.includes('dot'));
  });

  it('leaves modules their colours between callers and callees, whose modules are all in the legend', async () => {
    const { page } = await openGraph();
    const legend = async () => {
      const rows = await page.locator('.legend li').all();
      const colours = await Promise.all(
        rows.map(async (row) => {
          const swatch = row.locator('.swatch');
          return [await row.innerText(), (await swatch.count()) && (await swatch.getAttribute('style'))] as const;
        }),
      );
      return new Map(colours);
    };
    const whole = await legend();
    await select(page, '__sqrt_finite');
    await page.keyboard.press('w');
    await page.locator('.halves').waitFor();
    const around = await legend();
    // It is called by the program, and calls nothing of it.
    assert.ok(around.has('render'), [...around.keys()].join());
    for (const [label, colour] of around) assert.equal(colour, whole.get(label), label);
  });

  it('shows a function between its callers and its callees, and comes back', async () => {
    const { page } = await openGraph();
    await select(page, 'intersect');
    await page.keyboard.press('w');
    await page.locator('.halves').waitFor();
    assert.deepEqual(await page.locator('.half h2').allInnerTexts(), ['Callers', 'Callees']);
    const [callers, callees] = await page.locator('.half .graph').all();
    await callers.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    assert.match(await status(page), /trace/, 'its caller stands over it');
    await callees.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    assert.match(await status(page), /dot/);
    await page.keyboard.press('Escape');
    await page.locator('.halves').waitFor({ state: 'detached' });
    assert.equal(await page.locator('.graph').count(), 1);
  });

  it('leads back in the half that was used last, saves either, and says where the function is not in view', async () => {
    const { page, host, changed } = await openGraph();
    await select(page, 'dot');
    await page.keyboard.press('w');
    await page.locator('.halves').waitFor();
    const [callers] = await page.locator('.half .graph').all();
    await callers.focus();
    await page.keyboard.press('Home');
    for (const key of ['ArrowUp', 'Enter', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    const crumbs = page.locator('.breadcrumb button');
    await crumbs.nth(2).waitFor();
    await crumbs.nth(1).click();
    await page.waitForFunction(() => document.querySelectorAll('.breadcrumb button').length === 2);
    await page.getByRole('button', { name: 'Save the picture' }).click();
    assert.deepEqual(await page.getByRole('menuitem').allInnerTexts(), [
      'Save callers of render::Vector<double, 3>::dot as SVG…',
      'Save callers of render::Vector<double, 3>::dot as PNG…',
      'Save callees of render::Vector<double, 3>::dot as SVG…',
      'Save callees of render::Vector<double, 3>::dot as PNG…',
    ]);
    await page.getByRole('menuitem').first().click();
    await page.waitForFunction(() => !document.querySelector(':popover-open'));
    const saved = host.asked.find(({ request }) => request === 'save')?.ask as { name: string; bytes: Uint8Array };
    assert.match(saved.name, / · callers of render::Vector<double, 3>::dot$/);
    assert.match(Buffer.from(saved.bytes).toString(), /intersect/);
    assert.doesNotMatch(Buffer.from(saved.bytes).toString(), /ignore/);
    host.handlers.look({ operations: [{ op: 'ignore', pattern: 'reflect' }] });
    await changed('view');
    await page.locator('.chip').waitFor();
    await page.getByRole('button', { name: 'Save the picture' }).click();
    await page.getByRole('menuitem').first().click();
    const pictures = () => host.asked.filter(({ request }) => request === 'save');
    await eventually(() => assert.equal(pictures().length, 2));
    const { bytes } = pictures()[1].ask as { bytes: Uint8Array };
    assert.match(
      Buffer.from(bytes).toString(),
      /<text [^>]*>render · [^<]* · callers of [^<]* · without samples of \/reflect\/<\/text>/,
    );
    host.handlers.look({ operations: [{ op: 'ignore', pattern: 'dot' }] });
    await changed('view');
    await page.getByText('render::Vector<double, 3>::dot has no cost in what is looked at').waitFor();
    await page.getByRole('button', { name: 'Top Down' }).click();
    await page.locator('.halves').waitFor({ state: 'detached' });
  });

  it('covers no head of a table with the word that says which of the two it is', async () => {
    const { page } = await openGraph();
    await select(page, 'intersect');
    await page.keyboard.press('w');
    await page.locator('.halves').waitFor();
    await page.keyboard.press('t');
    const [callers, callees] = await page.locator('.half').all();
    for (const half of [callers, callees]) {
      const word = (await half.locator('h2').boundingBox())!;
      const table = (await half.locator('.tree-table').boundingBox())!;
      const box = (await half.boundingBox())!;
      assert.ok(
        word.y + word.height <= table.y,
        `the word ends at ${word.y + word.height}, the table begins at ${table.y}`,
      );
      assert.ok(Math.abs(table.y + table.height - box.y - box.height) < 2, 'the table has the rest');
    }
  });

  it('leaves callers and callees when another recording comes', async () => {
    const { page, changed } = await openGraph();
    await select(page, 'dot');
    await page.keyboard.press('w');
    await page.locator('.halves').waitFor();
    await changed('state');
    await page.locator('.halves').waitFor({ state: 'detached' });
  });

  it('leaves letters to a list of choices that has the focus', async () => {
    const { page, host } = await openGraph();
    await page.locator('vscode-dropdown').first().focus();
    await page.keyboard.press('k');
    await page.keyboard.press('u');
    assert.deepEqual(host.asked, []);
    await page.locator('.graph').focus();
    await page.keyboard.press('k');
    assert.deepEqual(
      host.asked.map(({ request }) => request),
      ['look'],
    );
  });

  it('leaves everything as it is where a list of choices is left with Escape', async () => {
    const { page, host } = await openGraph();
    const choice = page.locator('vscode-dropdown[aria-label="Threads"]');
    const isOpen = (wanted: boolean) =>
      page.waitForFunction(
        (is) =>
          document.querySelector<HTMLElement & { open: boolean }>('vscode-dropdown[aria-label="Threads"]')?.open === is,
        wanted,
      );
    await choice.focus();
    await page.keyboard.press('Space');
    await isOpen(true);
    for (const key of ['ArrowDown', 'ArrowDown', 'Escape']) await page.keyboard.press(key);
    await isOpen(false);
    await page.waitForTimeout(100);
    assert.deepEqual(host.asked, []);
    assert.equal(await choice.evaluate((box: HTMLElement & { value: string }) => box.value), 'all');
    for (const key of ['Space', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await eventually(() => assert.deepEqual(host.asked, [{ request: 'look', ask: { threads: [0] } }]));
  });

  it('asks for a selected function where there is none to be shown so', async () => {
    const { page } = await openGraph();
    await page.keyboard.press('Home');
    await page.keyboard.press('w');
    await page.waitForFunction(() =>
      document.querySelector('.status-notice')?.textContent?.startsWith('Select a function'),
    );
    assert.equal(await page.locator('.halves').count(), 0);
  });
});
