import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qualityLine } from '../../src/cli/data-quality.ts';

test('the data quality counts one of a kind as one', () => {
  const quality = { unresolvedShare: 0, workspaceShare: 1, warnings: [] };
  assert.match(qualityLine({ ...quality, lost: 1, brokenStacks: 1 }), /^1 sample lost · 1 broken stack ·/);
  assert.match(qualityLine({ ...quality, lost: 0, brokenStacks: 2100 }), /^0 samples lost · 2.1 k broken stacks ·/);
  assert.match(qualityLine({ ...quality, lost: null, brokenStacks: null }), /^not known how many samples lost ·/);
});
