import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparedText, recordedText } from '../../../src/core/profile/recorded-text.ts';

test('what was sampled is samples, what was added up or counted is entries', () => {
  assert.equal(recordedText({ samples: 18_300, hasSampleCount: true }), '18.3 k samples');
  assert.equal(recordedText({ samples: 1, hasSampleCount: true }), '1 sample');
  assert.equal(recordedText({ samples: 67.084, hasSampleCount: true }), '67.1 samples');
  assert.equal(recordedText({ samples: 105, hasSampleCount: false }), '105 entries');
  assert.equal(recordedText({ samples: 1, hasSampleCount: false }), '1 entry');
});

test('of two that are compared, the word is said once where it is the same', () => {
  const sampled = { samples: 12, hasSampleCount: true };
  const counted = { samples: 4, hasSampleCount: false };
  assert.equal(comparedText(sampled, sampled), '12 ↔ 12 samples');
  assert.equal(comparedText(counted, sampled), '4 entries ↔ 12 samples');
});
