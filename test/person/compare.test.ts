import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { formatAmount } from '../../src/core/units.ts';
import { REPOSITORY } from '../support/bench/repository.ts';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';

// A click selects and opens nothing, so that what is selected stays selected.
const bench = useWorkbench({
  settings: { 'workbench.list.openMode': 'doubleClick', 'explorer.autoReveal': false },
});
const skip = needTool('perf');
const FILES = ['first.data', 'second.data'] as const;

before(() => {
  if (skip) return;
  for (const [at, file] of FILES.entries()) {
    const args = ['record', '-g', '-F', '999', '-e', 'cpu-clock', '-o', file, '--', 'build/planted-cpp', `${at + 1}`];
    const { status, stderr } = spawnSync('perf', args, { cwd: bench.folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  }
  for (const rounds of ['1', '2']) perfwright('record', '--', 'build/planted-cpp', rounds);
});

/** What the command line answers. */
function perfwright(...args: string[]): string {
  const cli = join(REPOSITORY, 'dist', 'cli.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: bench.folder,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

/** How the totals of two recordings read, by the command line's figures. */
function totals(a: string, b: string): string {
  const { before: was, after: is, value } = JSON.parse(perfwright('diff', a, b, '--json'));
  return `total ${formatAmount(was.total, value.unit)} → ${formatAmount(is.total, value.unit)}`;
}

const file = (name: string): Locator =>
  bench.workbench.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).first();

async function selectFiles(): Promise<void> {
  await bench.workbench.runCommand('View: Show Explorer');
  await file(FILES[0]).click();
  await file(FILES[1]).click({ modifiers: ['Control'] });
  await bench.workbench.page.locator('.explorer-folders-view .monaco-list-row.selected').nth(1).waitFor();
}

async function compared(): Promise<{ panel: FrameLocator; status: string; sides: readonly string[] }> {
  const panel = await bench.workbench.webview('Compare');
  await panel.locator('.status-frame').getByText('total').waitFor();
  const status = (await panel.locator('.status-frame').innerText()).replace(/\s+/g, ' ');
  return { panel, status, sides: await panel.locator('.side-title').allInnerTexts() };
}

async function closePanel(): Promise<void> {
  await bench.workbench.runCommand('View: Close All Editors');
}

/** Drags the selected files to the middle of something, and drops them there, as a hand does: slowly. */
async function drag(way: readonly Locator[], { isShift = false } = {}): Promise<void> {
  const { page } = bench.workbench;
  const from = (await file(FILES[1]).boundingBox())!;
  await page.mouse.move(from.x + 30, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 12, { steps: 5 });
  // Not before: a click with Shift selects what lies between.
  if (isShift) await page.keyboard.down('Shift');
  for (const to of way) {
    const { x, y, width, height } = (await to.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 20 });
    // What is under a drag for a while opens.
    await page.waitForTimeout(1500);
  }
  await page.mouse.up();
  if (isShift) await page.keyboard.up('Shift');
}

test('two files selected in the explorer are compared, the earlier before the later, with the command line’s figures', {
  skip,
}, async () => {
  const { page } = bench.workbench;
  const item = page.locator('.monaco-menu').getByText('Compare Profiles');
  // What extensions add to menus comes a while after the window.
  await eventually(async () => {
    await page.keyboard.press('Escape');
    await selectFiles();
    await file(FILES[1]).click({ button: 'right' });
    await item.waitFor({ timeout: 2000 });
  });
  await item.click();
  const { status, sides, panel } = await compared();
  assert.deepEqual(sides, [...FILES]);
  assert.ok(status.includes(totals(...FILES)), `${status} isn't ${totals(...FILES)}`);
  await panel.getByRole('button', { name: 'Swap before and after' }).click();
  await panel.locator('.side-title').first().getByText(FILES[1]).waitFor();
  const swapped = await compared();
  assert.ok(swapped.status.includes(totals(FILES[1], FILES[0])), swapped.status);
});

test('what is compared is still compared after the window was reloaded', { skip }, async () => {
  await bench.workbench.reload();
  const { sides } = await compared();
  assert.deepEqual(sides, [FILES[1], FILES[0]]);
  await closePanel();
});

test('two files dropped on the panel with Shift held are compared', { skip }, async () => {
  await bench.workbench.runCommand('Perfwright: Open Compare');
  const panel = await bench.workbench.webview('Compare');
  await panel.getByText('Nothing is compared').waitFor();
  await selectFiles();
  const { page } = bench.workbench;
  await drag([page.locator('.part.editor')], { isShift: true });
  const { sides } = await compared();
  assert.deepEqual(sides, [...FILES]);
  await closePanel();
});

test('two files dropped on the runs are compared', { skip }, async () => {
  const { page, view } = bench.workbench;
  await view('Perfwright', 'Runs');
  await selectFiles();
  const icon = page.locator('.activitybar .action-item a[aria-label^="Perfwright"]').first();
  await drag([icon, page.locator('.sidebar .pane').filter({ hasText: 'Runs' }).locator('.pane-body').first()]);
  const { sides } = await compared();
  assert.deepEqual(sides, [...FILES]);
  await closePanel();
});

test('two runs selected in the view are compared', { skip }, async () => {
  const { page, view } = bench.workbench;
  const { pane } = await view('Perfwright', 'Runs');
  const runs = pane.locator('.monaco-list-row').filter({ hasText: 'planted-cpp' });
  await runs.nth(1).waitFor();
  await runs.nth(1).locator('.monaco-icon-label').dblclick();
  await bench.workbench.statusBar(/planted-cpp/).waitFor();
  await runs
    .nth(0)
    .locator('.monaco-icon-label')
    .click({ modifiers: ['Control'] });
  await runs.nth(0).click({ button: 'right' });
  await page.locator('.monaco-menu').getByText('Compare', { exact: true }).click();
  const { sides, panel } = await compared();
  assert.match(sides[0], /^planted-cpp 1 · /);
  assert.match(sides[1], /^planted-cpp 2 · /);
  await panel.locator('.status-quality').click();
  await panel.getByText('Command: ').first().waitFor();
  await closePanel();
});

test('a recording is compared with what is chosen before it, and with a range of its own time', { skip }, async () => {
  const { workbench } = bench;
  await workbench.runCommand('Perfwright: Compare With…');
  await workbench.pick('planted-cpp 2');
  const { sides } = await compared();
  assert.match(sides[0], /^planted-cpp 2 · /);
  await closePanel();
  await workbench.runCommand('Perfwright: Compare With…');
  await workbench.pick('A Range of Its Own Time');
  await workbench.sees('The range of time that is looked at');
  await workbench.enter('50%..');
  await workbench.pick('With the rest of the recording');
  const parts = await compared();
  assert.match(parts.sides[0], / · without 50%\.\.$/);
  assert.match(parts.sides[1], / · 50%\.\.$/);
  await closePanel();
});
