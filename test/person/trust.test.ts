import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { useWorkbench } from '../support/bench/use-workbench.ts';

const bench = useWorkbench({ isTrusted: false });

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
