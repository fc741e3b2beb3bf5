import assert from 'node:assert/strict';
import { it } from 'node:test';
import { importProfile } from '../../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { overview } from '../../../../src/core/profile/queries/overview.ts';
import { QueryModel } from '../../../../src/core/profile/queries/query-model.ts';
import { workspaceShare } from '../../../../src/core/profile/queries/workspace-share.ts';

it('shares of what was measured are from 0 to 1, though memory that was given back is below zero', () => {
  const head = '# austin: 3.6.0\n# interval: 5000\n# mode: memory\n\n';
  const samples = ['P1;T0:1;a.py:f:1 100', 'P1;T0:1;b.py:g:2 -40', 'P1;T0:1 -60'];
  const model = new QueryModel(importProfile(bytesInMemory(Buffer.from(`${head}${samples.join('\n')}\n`))));
  const { stacklessShare, unresolvedShare, kernelShare, defaultView } = overview(model);
  assert.deepEqual([stacklessShare, unresolvedShare, kernelShare], [0.3, 0.3, 0]);
  assert.equal(workspaceShare(model, { view: defaultView, files: ['a.py'] }), 0.5);
});
