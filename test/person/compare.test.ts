import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator } from 'playwright-core';
import { comparedTotals, runBuiltCli } from '../support/bench/built-cli.ts';
import { EXPLORER_SETTINGS, explorer } from '../support/bench/explorer.ts';
import { clickMenuEntry } from '../support/bench/menu.ts';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { needTool } from '../support/need-tool.ts';

const bench = useWorkbench({ settings: EXPLORER_SETTINGS });
const skip = needTool('perf');
const FILES = ['first.data', 'second.data'] as const;

before(() => {
  if (skip) return;
  for (const [at, file] of FILES.entries()) {
    const args = ['record', '-g', '-F', '999', '-e', 'cpu-clock', '-o', file, '--', 'build/planted-cpp', `${at + 1}`];
    const { status, stderr } = spawnSync('perf', args, { cwd: bench.folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  }
  for (const rounds of ['1', '2']) runBuiltCli(bench.folder, 'record', '--', 'build/planted-cpp', rounds);
});

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
  const from = (await explorer(bench.workbench).file(FILES[1]).boundingBox())!;
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
  await explorer(bench.workbench).chooseFromMenu('Compare Profiles', ...FILES);
  const { status, sides, panel } = await compared();
  assert.deepEqual(sides, [...FILES]);
  const expected = comparedTotals(bench.folder, ...FILES);
  assert.ok(status.includes(expected), `${status} isn't ${expected}`);
  await panel.getByRole('button', { name: 'Swap before and after' }).click();
  await panel.locator('.side-title').first().getByText(FILES[1]).waitFor();
  const swapped = await compared();
  assert.ok(swapped.status.includes(comparedTotals(bench.folder, FILES[1], FILES[0])), swapped.status);
});

test('what is compared is still compared after the window was reloaded', { skip }, async () => {
  // A VS Code in a browser writes down what is open every five seconds, when it is idle, and not as it is closed.
  await delay(8000);
  await bench.workbench.reload();
  const { sides } = await compared();
  assert.deepEqual(sides, [FILES[1], FILES[0]]);
  await closePanel();
});

test('two files dropped on the panel with Shift held are compared', { skip }, async () => {
  await bench.workbench.runCommand('Perfwright: Open Compare');
  const panel = await bench.workbench.webview('Compare');
  await panel.getByText('Nothing is compared').waitFor();
  await explorer(bench.workbench).select(...FILES);
  const { page } = bench.workbench;
  await drag([page.locator('.part.editor')], { isShift: true });
  const { sides } = await compared();
  assert.deepEqual(sides, [...FILES]);
  await closePanel();
});

test('two files dropped on the runs are compared', { skip }, async () => {
  const { page, view } = bench.workbench;
  await view('Perfwright', 'Runs');
  await explorer(bench.workbench).select(...FILES);
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
  await clickMenuEntry(page, 'Compare');
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
  assert.match(parts.sides[0], / · without 50\.0 %\.\.$/);
  assert.match(parts.sides[1], / · 50\.0 %\.\.$/);
  await closePanel();
});

test('a recording without times is offered no range of its own time', async () => {
  const { workbench, folder } = bench;
  writeFileSync(join(folder, 'timeless.folded'), 'main;work 3\nmain;rest 1\n');
  await explorer(workbench).appears('timeless.folded');
  await explorer(workbench).file('timeless.folded').dblclick();
  await (await workbench.webview('timeless.folded')).getByRole('button', { name: /^4 samples · / }).waitFor();
  await workbench.runCommand('Perfwright: Compare With…');
  await workbench.sees('Choose a File…');
  assert.equal(await workbench.page.getByText('A Range of Its Own Time…').count(), 0);
  await workbench.page.keyboard.press('Escape');
  await closePanel();
});
