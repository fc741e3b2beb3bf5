import assert from 'node:assert/strict';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXPLORER_SETTINGS, explorer } from '../support/bench/explorer.ts';
import { REPOSITORY } from '../support/bench/repository.ts';
import { useWorkbench } from '../support/bench/use-workbench.ts';

const bench = useWorkbench({ isTrusted: false, settings: EXPLORER_SETTINGS });

test('nothing is launched in a workspace that is not trusted, and it is said why', async () => {
  const { workbench, folder } = bench;
  await workbench.runCommand('Perfwright: Profile…');
  await workbench.notification('Nothing is launched in a workspace that is not trusted.').waitFor();
  assert.ok(!existsSync(join(folder, '.perfwright')));
});

test('targets are not looked for in a workspace that is not trusted', async () => {
  const { pane } = await bench.workbench.view('Perfwright', 'Targets');
  await pane.getByText('Manage Trust').waitFor();
  assert.equal(await pane.locator('.monaco-list-row').count(), 0);
});

test('runs offer what can be done without trust: to open a profile', async () => {
  const { pane } = await bench.workbench.view('Perfwright', 'Runs');
  await pane.getByText('Open Profile…').waitFor();
  await pane.getByText('Manage Trust').waitFor();
  assert.equal(await pane.getByText('Profile…', { exact: true }).count(), 0);
});

test('profiles open by a double click all the same, with their figures', async () => {
  const { workbench, folder } = bench;
  for (const [fixture, name] of [
    ['jfr/cpu-async.jfr', 'java.jfr'],
    // Its addresses have no names unless a program is launched.
    ['perf-data/stack-copies.perf.data', 'native.perf.data'],
  ]) {
    copyFileSync(join(REPOSITORY, 'test/fixtures', fixture), join(folder, name));
    await explorer(workbench).appears(name);
    await explorer(workbench).file(name).dblclick();
    const panel = await workbench.webview(name);
    await panel.getByRole('button', { name: /^[1-9]\d* samples · / }).waitFor();
  }
});
