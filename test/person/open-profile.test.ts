import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { needTool } from '../support/need-tool.ts';

const bench = useWorkbench({ settings: { 'editor.minimap.enabled': false } });
const skip = needTool('perf');
const PLANTED_LINE = 'sum += cell(row, k)';

test('hot spots appear where nothing of a profile is in this folder', async () => {
  const { workbench, folder } = bench;
  writeFileSync(join(folder, 'of another project.folded'), 'main;far_away 9\nmain 1\n');
  await workbench.runCommand('Perfwright: Open Profile…');
  await workbench.pick('of another project.folded');
  await workbench.sees('far_away');
});

test('a recording that perf made elsewhere is opened from the palette', { skip }, async () => {
  const { workbench, folder } = bench;
  const args = [
    'record',
    '-g',
    '-F',
    '999',
    '-e',
    'cpu-clock',
    '-o',
    'made elsewhere.data',
    '--',
    'build/planted-cpp',
    '1',
  ];
  const { status, stderr } = spawnSync('perf', args, { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  await workbench.openFile('cpp/matrix.hpp', 34);
  await workbench.runCommand('Perfwright: Open Profile…');
  await workbench.pick('made elsewhere.data');
  await workbench.statusBar('made elsewhere.data').waitFor();
});

test('the planted line has its cost behind it', { skip }, async () => {
  const { workbench } = bench;
  await workbench.lens(/\d % total/).waitFor();
  const text = await workbench.endOfLine(PLANTED_LINE);
  const share = Number(/([\d.]+) %/.exec(text)?.[1]);
  assert.ok(share > 50 && share < 75, `about 60 % is planted, the line says: ${text}`);
});

test('the lens over the function says its total, its self and its callers', { skip }, async () => {
  const text = (await bench.workbench.lens(/\d % total/).innerText()).replace(/\s+/g, ' ');
  assert.match(text, /[\d.]+ % total · [\d.]+ % self · .*\d callers?/);
});

test('the hover over the planted line says its cost, and who calls its function', { skip }, async () => {
  const text = await bench.workbench.hover(PLANTED_LINE, 'sum');
  assert.match(text, /self/i);
  assert.match(text, /total/i);
  assert.match(text, /cpu-clock/);
});

test('the hot spots begin with the planted function', { skip }, async () => {
  const { row } = await bench.workbench.view('Perfwright', 'Hot Spots');
  await row('multiply').waitFor();
  const first = await row(/./).innerText();
  assert.match(first, /Matrix.*%/s);
});
