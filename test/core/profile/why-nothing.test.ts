import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Choices, whyNothing } from '../../../src/core/profile/why-nothing.ts';

const ONE: Choices = { samples: 3, values: ['cpu'], threads: ['main'], view: { threads: null, operations: [] } };

test('only what there is to choose from is named where nothing is in view', () => {
  assert.equal(whyNothing({ ...ONE, samples: 0 }), 'The recording holds no samples.');
  assert.equal(whyNothing(ONE), 'All that the recording holds has a cost of 0.');
  const says = (choices: Partial<Choices>, where?: string) => whyNothing({ ...ONE, ...choices }, where);
  assert.match(says({ threads: ['main', 'gc'] }, ' above'), / Change the threads above\.$/);
  const view: Choices['view'] = { threads: null, operations: [{ op: 'focus', pattern: 'render' }] };
  assert.match(says({ values: ['cpu', 'wall'], view }), / Change the value or the filters\.$/);
});
