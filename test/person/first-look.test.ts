import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { REPOSITORY } from '../support/bench/repository.ts';
import { useWorkbench } from '../support/bench/use-workbench.ts';

const bench = useWorkbench();
const manifest = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));

test('the palette offers what can be done without a profile', async () => {
  const offered = await bench.workbench.offeredCommands('Perfwright: Open');
  assert.ok(offered.includes('Perfwright: Open Profile…'), offered.join(' · '));
});

test('the activity bar opens every view of Perfwright', async () => {
  const names: string[] = manifest.contributes.views.perfwright.map((view: { name: string }) => view.name);
  assert.ok(names.length > 0);
  for (const name of names) {
    const { pane } = await bench.workbench.view('Perfwright', name);
    assert.ok(await pane.isVisible(), name);
  }
});
