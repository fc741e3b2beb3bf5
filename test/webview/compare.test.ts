import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { changeOf, changeShareText } from '../../src/core/profile/diff/change.ts';
import { askDiff } from '../../src/core/profile/diff/queries/index.ts';
import type { CompareContract, CompareLook } from '../../src/protocol/compare.ts';
import type { Handlers } from '../../src/protocol/contract.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';
import { type CompareHost, compareHost, renderProfile } from './compare-host.ts';
import type { PanelPageOptions } from './panel-page.ts';
import { panelUnderTest } from './panel-under-test.ts';

const ROW = 20;

describe('the comparison’s page', { skip: needTool('chromium') }, () => {
  const pages = panelUnderTest('compare');

  async function open(
    overrides: Partial<Handlers<CompareContract>> & Parameters<typeof compareHost>[0] = {},
    options: PanelPageOptions = {},
  ) {
    const host = compareHost({ ...overrides, changed: (what) => void pages.changed(what) });
    return { host, ...(await pages.open(host.handlers, options)) };
  }

  /** The same with the picture on the page and the focus in it. */
  async function openGraph(...args: Parameters<typeof open>) {
    const graph = await open(...args);
    await crumbs(graph.page).filter({ hasText: 'all' }).waitFor();
    await graph.page.locator('.graph').focus();
    return graph;
  }

  async function openTable(...args: Parameters<typeof open>) {
    const graph = await openGraph(...args);
    await graph.page.keyboard.press('t');
    await rows(graph.page).first().waitFor();
    return graph;
  }

  const crumbs = (page: Page) => page.locator('.breadcrumb button');
  const path = async (page: Page) => (await crumbs(page).allInnerTexts()).join(' › ');
  const spoken = (page: Page) => page.locator('[role=status]').innerText();
  const status = (page: Page) => page.locator('.status-frame').innerText();
  const matches = (page: Page) => page.locator('.status-matches').innerText();
  const rows = (page: Page) => page.locator('.change-table tbody tr');
  const names = async (page: Page) => page.locator('.change-table tbody th').allInnerTexts();
  /** What was copied, once it has been asked for so often. */
  async function copies(host: CompareHost, count: number): Promise<string[]> {
    await eventually(() => assert.equal(asked(host, 'copy').length, count));
    return asked(host, 'copy') as string[];
  }

  const asked = (host: CompareHost, request: string) =>
    host.asked.filter((one) => one.request === request).map(({ ask }) => ask);
  const press = async (page: Page, ...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const until = (holds: () => Promise<boolean> | boolean) =>
    eventually(async () => assert.ok(await holds(), `not so: ${holds}`));
  const choose = async (page: Page, label: string, option: string) => {
    await page.getByLabel(label, { exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  it('says what is compared with what, how, and how good the data of both are', async () => {
    const { page } = await openGraph();
    assert.match(
      await page.locator('.pair').innerText(),
      /Before\s+render · 23 Nov 10:02\s+After\s+render · 23 Nov 11:40/,
    );
    assert.match((await page.locator('.side').first().getAttribute('title')) ?? '', /commit 3f2c1a9/);
    assert.equal(await page.locator('.status-basis').innerText(), 'as recorded');
    assert.match(
      await page.locator('.status-quality').innerText(),
      /good data before, check data after · 1 difference/,
    );
    await page.locator('.status-quality').click();
    const note = await page.locator('.note-card').innerText();
    assert.match(note, /After: 12.0 % of the stacks are cut/);
    assert.match(note, /What else differs\s+Frequency governor: performance before, powersave after/);
    assert.match(note, /One recording of each/);
  });

  it('says what a frame costs before and after, and whether chance explains the change', async () => {
    const { page, host } = await openGraph();
    const { tree, sampleScale } = askDiff(host.model, 'diffFlameGraph', { view: host.view, width: 'after' });
    const change = changeShareText(changeOf(tree.beforeTotal[0], tree.afterTotal[0], sampleScale));
    assert.match(change, /^▼ −\d+ % \(−\d+…−\d+\)$/);
    assert.ok((await status(page)).includes(change), `${await status(page)} has no ${change}`);
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    assert.match(await spoken(page), /^render::Scene::draw, total less: −\d+ %/);
    const canvas = (await page.locator('.flame-canvas canvas').boundingBox())!;
    await page.mouse.move(canvas.x + 40, canvas.y + 6.5 * ROW);
    const card = page.locator('.hover-card');
    await card.waitFor();
    const text = await card.innerText();
    assert.match(text, /render::Vector<double, 3>::dot/);
    assert.match(text, /total\s+3 s\s+[\d.]+ %\s+1.2 s\s+[\d.]+ %\s+▼ −1.8 s\s+▼ −60 % \(−64…−56\)/);
    assert.match(text, /More than chance of sampling explains/);
  });

  it('says by more than colour what rose, fell, is new, has gone, and is not known', async () => {
    const { page } = await openGraph();
    await choose(page, 'What widths are', 'Width: change');
    await until(async () => (await page.locator('.legend').innerText()).includes('gone'));
    const legend = await page.locator('.legend').innerText();
    for (const word of ['gone', 'half or less', 'about the same', '+25 %…', 'double or more', 'new', 'not known']) {
      assert.ok(legend.includes(word), `${word} isn't in ${legend}`);
    }
    assert.ok(legend.includes('▲') && legend.includes('▼') && legend.includes('≈'));
    const unknown = page.locator('.legend li').filter({ hasText: 'not known' }).first();
    assert.match((await unknown.getAttribute('title')) ?? '', /chance of sampling alone explains/);
    assert.equal(await page.locator('.status-undrawn').isVisible(), false);
  });

  it('says what has no width, and leads to where it has one', async () => {
    const { page, host } = await openGraph();
    // 350 ms and 3 ms of before are in paths that have gone, and 4 of the tiny ones.
    assert.match(await page.locator('.status-undrawn').innerText(), /^\d+ gone, not drawn \([\d.]+ %\)$/);
    await page.locator('.status-undrawn').click();
    assert.deepEqual(asked(host, 'look'), [{ width: 'change' }]);
    await until(async () => !(await page.locator('.status-undrawn').isVisible()));
    await press(page, 'w', 'w');
    await until(() => host.look.width === 'before');
    await until(async () => /new, not drawn/.test(await page.locator('.status-undrawn').innerText()));
  });

  it('is looked at in another way by its controls and keys', async () => {
    const { page, host } = await openGraph();
    await choose(page, 'By what the two are made comparable', 'Per second');
    await until(async () => (await page.locator('.status-basis').innerText()) === 'per second');
    assert.match(await status(page), /1.08 s\/s → 1.03 s\/s/);
    await choose(page, 'What is measured', 'samples');
    await until(async () => /samples\/s/.test(await status(page)));
    await page.locator('.graph').focus();
    await press(page, 'k');
    await until(() => host.look.kernel === false);
    assert.deepEqual(asked(host, 'look'), [{ normalise: 'duration' }, { value: 1 }, { kernel: false }]);
    await page.getByRole('button', { name: 'Remove: kernel as part of the system call' }).click();
    await until(() => host.look.kernel);
  });

  it('has a chip for what is done to both, which takes it away, and takes more by key, by button and from a frame', async () => {
    const { page, host } = await openGraph();
    const chips = page.locator('.chip');
    assert.equal(await chips.count(), 0);
    await press(page, 'a');
    await page.getByRole('button', { name: 'Add a filter…' }).click();
    await until(() => asked(host, 'addFilter').length === 2);
    await page.locator('.graph').focus();
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'm');
    await page.getByRole('menuitem', { name: 'Only Samples With It' }).click();
    const operation = { op: 'focus', pattern: '^render::Scene::draw$' };
    await chips.filter({ hasText: operation.pattern }).waitFor();
    assert.deepEqual(host.look.operations, [operation]);
    // What is saved, loaded and parsed beside the drawing is gone.
    await press(page, 'Home');
    await until(async () => /^all\s+total 5.4 s → 3.95 s/.test(await status(page)));
    await page.getByRole('button', { name: /^Remove: / }).click();
    await until(async () => /^all\s+total 6.5 s → 5.17 s/.test(await status(page)));
    assert.equal(await chips.count(), 0);
  });

  it('says so where filters leave nothing or can’t be applied, and takes them away', async () => {
    const { page, host } = await openGraph();
    const filter = async (...operations: CompareLook['operations']) => {
      host.handlers.look({ operations });
      await page.locator('.chip').first().waitFor();
    };
    await filter({ op: 'focus', pattern: 'nowhere' });
    await page.getByText('The filters leave none in this profile.').waitFor();
    await page.getByRole('button', { name: 'Remove All Filters' }).click();
    await crumbs(page).filter({ hasText: 'all' }).waitFor();
    await filter({ op: 'focus', pattern: '(' });
    await page.getByText('is not a regular expression').waitFor();
    await page.getByRole('button', { name: /^Remove: / }).click();
    await crumbs(page).filter({ hasText: 'all' }).waitFor();
  });

  it('is swapped, and one stays in it what one chose', async () => {
    const { page, host } = await openGraph();
    await press(page, 'x');
    await until(async () => (await page.locator('.side-title').first().innerText()).endsWith('11:40'));
    assert.equal(asked(host, 'swap').length, 1);
    // What is shown comes after what it is called.
    await until(async () => /5.17 s → 6.5 s · ▲ \+26 %/.test(await status(page)));
    await page.getByRole('button', { name: 'Swap before and after' }).click();
    await until(async () => /6.5 s → 5.17 s/.test(await status(page)));
    await page.locator('.side').first().click();
    await page.locator('.side').last().click();
    assert.deepEqual(asked(host, 'choose'), ['before', 'after']);
  });

  it('zooms, goes back, and searches as the flame graph does', async () => {
    const { page } = await openGraph();
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    assert.match(await path(page), /^all › __libc_start_main › main › render::Scene::draw$/);
    await press(page, 'Backspace');
    assert.equal(await path(page), 'all');
    await press(page, '/');
    await page.keyboard.type('intersect');
    assert.match(await matches(page), /^2 frames · [\d.]+ % of all$/);
    await press(page, 'Enter');
    assert.match(await spoken(page), /^1 of 2 frames/);
    await press(page, 'Escape', 'Escape');
    assert.equal(await matches(page), '');
  });

  it('never goes by key to what has no width', async () => {
    const { page } = await openGraph();
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    const seen: string[] = [];
    for (let step = 0; step < 10; step++) {
      seen.push((await spoken(page)).split(',')[0]);
      await press(page, 'ArrowRight');
    }
    assert.ok(!seen.includes('render::save_png'), seen.join(' '));
    assert.ok(seen.includes('render::save_webp'), seen.join(' '));
  });

  it('has a table of functions by how much changed, sorted by its heads', async () => {
    const { page, host } = await openTable();
    assert.deepEqual((await names(page)).slice(0, 5), [
      'render::Vector<double, 3>::dot',
      'deflate_slow',
      'encode_frame',
      'memmove',
      'ksys_read',
    ]);
    const cells = await rows(page).nth(1).locator('td').allInnerTexts();
    assert.deepEqual(cells.slice(0, 4), ['▼ −350 ms', '▼ gone', '350 ms', '0 ns']);
    const unknown = (await rows(page).allInnerTexts()).find((text) => text.startsWith('malloc'));
    assert.match(unknown ?? '', /≈ \+20 ms\s+≈ not known\s+400 ms\s+420 ms/);
    const change = page.getByRole('button', { name: 'Change' }).first();
    await change.click();
    await until(async () => (await names(page))[0] === 'encode_frame');
    await change.click();
    await until(async () => (await names(page))[0] === 'render::Vector<double, 3>::dot');
    await page.getByRole('button', { name: 'Function' }).click();
    await until(async () => (await names(page))[0] === '__libc_start_main');
    assert.equal(
      await page.evaluate(() => document.activeElement?.textContent),
      'Function',
      'the head keeps the focus',
    );
    const all = askDiff(host.model, 'diffTable', {
      view: host.view,
      by: 'function',
      order: 'name',
      of: 'self',
      isReversed: false,
      query: { text: '', isRegex: false, matchCase: false },
      limit: 1000,
    });
    assert.deepEqual(
      await names(page),
      all.rows.map(({ name }) => name),
    );
    assert.equal(await matches(page), `${all.rowCount} rows`);
  });

  it('has a table by line, file and module, narrowed by the search', async () => {
    const { page } = await openTable();
    await press(page, 'g');
    await until(async () => (await names(page))[0] === 'render::Vector<double, 3>::dot :15');
    await press(page, 'g');
    await until(async () => (await names(page))[0] === '/home/me/render/src/scene.cpp');
    await press(page, 'g');
    await until(async () => (await names(page))[0] === '/home/me/render/build/render');
    await press(page, 'g', '/');
    await page.keyboard.type('intersect');
    await until(async () => (await matches(page)) === '2 rows with “intersect”');
    assert.equal((await names(page)).length, 2);
    await page.getByRole('button', { name: 'Use a regular expression' }).click();
    await press(page, '/');
    await page.keyboard.type('(');
    await until(async () => /is not a regular expression/.test(await matches(page)));
  });

  it('caps a long table and says so', async () => {
    const long = compareHost();
    const { page } = await openTable({
      table: async (ask) => ({ ...(await long.handlers.table(ask)), rowCount: 12_345 }),
    });
    const shown = await rows(page).count();
    assert.equal(
      await page.locator('.table-note').innerText(),
      `${shown} of 12,345 rows, the first in this order. A search narrows them.`,
    );
  });

  it('opens, finds and copies from the table by key and by menu', async () => {
    const { page, host } = await openTable();
    await rows(page).first().focus();
    await press(page, 'ArrowDown', 'ArrowUp', 'o');
    await eventually(() =>
      assert.deepEqual(asked(host, 'open'), [{ file: '/home/me/render/src/scene.cpp', line: 12 }]),
    );
    await press(page, 'm');
    await page.getByRole('menuitem', { name: 'Copy the Table' }).click();
    const [table] = await copies(host, 1);
    assert.match(table, /^Function\tself change\tself in %\tself before\tself after\ttotal change/);
    assert.match(table, /\nrender::Vector<double, 3>::dot\t▼ −1.8 s\t▼ −60 % \(−64…−56\)\t3 s\t1.2 s\t/);
    await rows(page).first().focus();
    await press(page, 'Enter');
    await page.locator('.graph').waitFor();
    assert.match(await matches(page), /^render::Vector<double, 3>::dot: 1 of 1 frame/);
  });

  it('opens, finds and copies from a frame by its menu', async () => {
    const { page, host } = await openGraph();
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'm');
    await page.getByRole('menuitem', { name: 'Copy Change' }).click();
    await page.locator('.graph').focus();
    await press(page, 'm');
    await page.getByRole('menuitem', { name: 'Copy Stack' }).click();
    const copied = await copies(host, 2);
    assert.match(copied[0], /^main\(Scene const&\): total 6.5 s → 5.17 s · ▼ −20 % \(−24…−17\)$/);
    assert.equal(copied[1], '__libc_start_main\nmain(Scene const&)');
    await press(page, 'o');
    await eventually(() =>
      assert.deepEqual(asked(host, 'open'), [{ file: '/home/me/render/src/scene.cpp', line: 210 }]),
    );
  });

  it('is saved as an SVG with what changed in each frame, and as a PNG', async () => {
    const { page, host } = await openGraph();
    for (const kind of ['SVG', 'PNG']) {
      await page.getByRole('button', { name: 'Save or copy' }).click();
      await page.getByRole('menuitem', { name: `Save as ${kind}…` }).click();
      await until(() => asked(host, 'save').some((file) => (file as { format: string }).format === kind.toLowerCase()));
    }
    const [svg, png] = asked(host, 'save') as { format: string; name: string; bytes: Uint8Array }[];
    const text = new TextDecoder().decode(svg.bytes);
    assert.match(text, /render · 23 Nov 10:02 → render · 23 Nov 11:40 · cpu-clock · width: after/);
    assert.match(
      text,
      /<title>render::Vector&lt;double, 3&gt;::dot\(Scene const&amp;\)\ntotal 3 s → 1.2 s · ▼ −60 % \(−64…−56\)<\/title>/,
    );
    assert.match(text, />▼ render::Vector/);
    assert.deepEqual([...png.bytes.slice(1, 4)], [...Buffer.from('PNG')]);
  });

  it('keeps how it is looked at over a reload', async () => {
    const { page, reload, kept } = await openTable();
    await page.locator('.change-table th button').filter({ hasText: 'After' }).first().click();
    await until(async () => ((await kept()) as { order: string }).order === 'after');
    await reload();
    await rows(page).first().waitFor();
    assert.equal((await names(page))[0], 'render::Vector<double, 3>::dot');
    assert.equal(await page.locator('th[aria-sort=descending]').innerText(), 'After');
  });

  it('takes two files that are dropped on it', async () => {
    const { page, host } = await open();
    host.state = { status: 'empty', actions: [{ id: 'perfwright.compareWith', title: 'Compare With…' }] };
    await pages.changed('state');
    await page.getByText('Nothing is compared').waitFor();
    assert.match(await page.locator('.placeholder').innerText(), /drop them here; hold Shift/);
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('application/vnd.code.uri-list', 'file:///a.data\r\nfile:///b.data');
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      }
    });
    await until(() => asked(host, 'drop').length === 1);
    assert.deepEqual(asked(host, 'drop'), ['file:///a.data\r\nfile:///b.data']);
    await page.getByRole('button', { name: 'Compare With…' }).click();
    assert.deepEqual(asked(host, 'act'), ['perfwright.compareWith']);
  });

  it('says how far it is, can be cancelled, and says why it failed', async () => {
    const { page, host } = await open();
    host.state = { status: 'loading', title: 'a ↔ b', doing: 'Reading b', done: 0.5 };
    await pages.changed('state');
    await page.getByText('Reading b').waitFor();
    assert.equal(await page.locator('progress').getAttribute('value'), '0.5');
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(asked(host, 'cancel').length, 1);
    host.state = {
      status: 'failed',
      title: 'a ↔ b',
      message: 'b is empty.',
      actions: [{ id: 'retry', title: 'Try Again' }],
    };
    await pages.changed('state');
    await page.getByText('b is empty.').waitFor();
    await page.getByRole('button', { name: 'Try Again' }).click();
    assert.deepEqual(asked(host, 'act'), ['retry']);
    host.state = undefined;
    await pages.changed('state');
    await crumbs(page).filter({ hasText: 'all' }).waitFor();
  });

  it('says so where nothing has changed', async () => {
    const same = renderProfile('before');
    const { page } = await openGraph({ before: same, after: renderProfile('before') });
    assert.match(await status(page), /6.5 s → 6.5 s · 0 %/);
    await choose(page, 'What widths are', 'Width: change');
    await page.getByText('Nothing has changed').waitFor();
    await page.getByRole('button', { name: 'Width by Cost After' }).click();
    await crumbs(page).filter({ hasText: 'all' }).waitFor();
  });

  it('goes on where a view of it fails', async () => {
    let host: CompareHost | undefined;
    const { page, ...rest } = await open({
      tree: () => {
        if (host?.look.normalise === 'samples') throw new Error('Two profiles can’t be compared by their samples.');
        return compareHost().handlers.tree(null);
      },
    });
    host = rest.host;
    await crumbs(page).filter({ hasText: 'all' }).waitFor();
    await choose(page, 'By what the two are made comparable', 'To as many samples');
    await page.getByText('can’t be compared by their samples').waitFor();
    await choose(page, 'By what the two are made comparable', 'As recorded');
    await crumbs(page).filter({ hasText: 'all' }).waitFor();
  });

  it('keeps the focus while it adds up, and says that it does', async () => {
    const sample = compareHost();
    let isSlow = false;
    const { page } = await openGraph({
      tree: async () => {
        if (isSlow) await new Promise((resolve) => setTimeout(resolve, 1000));
        return sample.handlers.tree(null);
      },
    });
    isSlow = true;
    const words = page.getByText('Adding up the calls of both');
    const busy = () => page.locator('.stage').getAttribute('aria-busy');
    const isFocused = (selector: string) =>
      page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    await press(page, 'w');
    await words.waitFor();
    assert.equal(await busy(), 'true');
    assert.ok(await isFocused('.stage .graph'), 'while it adds up');
    await words.waitFor({ state: 'detached' });
    assert.equal(await busy(), null);
    assert.ok(await isFocused('.stage .graph'), 'when it has');
    await press(page, 'w');
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await words.waitFor({ state: 'detached' });
    assert.ok(await isFocused('.stage .graph'), 'when the button that had it is gone');
    await press(page, 't');
    await rows(page).first().focus();
    await press(page, 'w');
    await words.waitFor();
    assert.ok(await isFocused('.change-table tr'), 'while it adds up under a table');
    await words.waitFor({ state: 'detached' });
    await until(() => isFocused('.change-table tr'));
  });

  it('says in its foot what was found where the picture takes the table’s place', async () => {
    const { page } = await openTable();
    await eventually(async () => assert.match(await matches(page), /rows$/));
    await press(page, 't');
    await eventually(async () => assert.equal(await matches(page), ''));
    await press(page, 't', '/');
    await page.keyboard.type('dot');
    await eventually(async () => assert.match(await matches(page), /with “dot”/));
    await press(page, 'Escape', 't');
    await eventually(async () => assert.match(await matches(page), /frame/));
    assert.ok(await page.getByTitle('Next match').isEnabled());
  });

  it('lists its keys', async () => {
    const { page } = await openGraph();
    await press(page, '?');
    const keys = await page.locator('.keys-card').innerText();
    for (const words of ['swap before and after', 'width by after, before, change', 'table, or picture']) {
      assert.ok(keys.includes(words), words);
    }
  });
});
