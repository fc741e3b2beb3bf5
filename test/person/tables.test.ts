import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { needTool } from '../support/need-tool.ts';

const bench = useWorkbench({ settings: { 'editor.minimap.enabled': false } });
const skip = needTool('perf');

test('the top table is opened from the palette and begins with the planted function', { skip }, async () => {
  const { workbench, folder } = bench;
  const args = ['record', '-g', '-F', '999', '-e', 'cpu-clock', '-o', 'tables.data', '--', 'build/planted-cpp', '1'];
  const { status, stderr } = spawnSync('perf', args, { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  await workbench.openFile('cpp/matrix.hpp', 34);
  await workbench.runCommand('Perfwright: Open Profile…');
  await workbench.pick('tables.data');
  await workbench.statusBar('tables.data').waitFor();
  await workbench.runCommand('Perfwright: Open Top Table');
  const panel = await workbench.webview('Tables');
  const first = panel.locator('.vt-rows .vt-row[aria-rowindex="2"]');
  await first.getByText(/Matrix.*multiply/).waitFor();
  assert.match((await first.innerText()).replace(/\s+/g, ' '), /[\d.]+ ms [\d.]+ % [\d.]+ ms [\d.]+ %/);
});

test('its call tree opens and closes by keys, and leads to the source', { skip }, async () => {
  const { workbench } = bench;
  await workbench.runCommand('Perfwright: Open Call Tree');
  const panel = await workbench.webview('Tables');
  const tree = panel.getByRole('treegrid');
  const hot = tree.getByText(/Matrix.*multiply/).first();
  await hot.waitFor();
  await hot.click();
  const current = tree.locator('.vt-rows .current');
  const level = Number(await current.getAttribute('aria-level'));
  await workbench.page.keyboard.press('ArrowLeft');
  await tree
    .locator(`.vt-rows .current[aria-level="${level - 1}"], .vt-rows .current[aria-expanded="false"]`)
    .waitFor();
  await hot.click();
  await workbench.page.keyboard.press('Enter');
  await workbench.statusBar(/Ln \d+/).waitFor();
  assert.match(await workbench.page.title(), /matrix\.hpp|main\.cpp/);
});

test('selected rows are copied with the keys that copy anything', { skip }, async () => {
  const { workbench } = bench;
  const panel = await workbench.webview('Tables');
  const tree = panel.getByRole('treegrid');
  await tree.locator('.vt-rows .vt-row').first().click();
  await workbench.page.keyboard.press('Shift+ArrowDown');
  await workbench.page.keyboard.press('Control+c');
  await panel.getByText('2 rows copied').waitFor();
});
