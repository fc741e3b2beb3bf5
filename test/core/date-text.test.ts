import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockText, dayText, momentText, whenText } from '../../src/core/date-text.ts';

const NOW = new Date(2026, 10, 23, 14, 2, 11);

test('a moment is written with its day and month, a clock with two digits each', () => {
  assert.equal(whenText(new Date(2026, 10, 3, 9, 5)), '3 Nov 09:05');
  assert.equal(clockText(new Date(2026, 0, 1, 0, 0)), '00:00');
});

test('a moment of today has its seconds, one of another day its date', () => {
  assert.equal(momentText(NOW, NOW), 'at 14:02:11');
  assert.equal(momentText(new Date(2026, 10, 22, 14, 2, 11), NOW), 'on 22 Nov at 14:02');
});

test('a day is named from how far back it is', () => {
  assert.equal(dayText(new Date(2026, 10, 23, 0, 0), NOW), 'Today');
  assert.equal(dayText(new Date(2026, 10, 22, 23, 59), NOW), 'Yesterday');
  assert.equal(dayText(new Date(2026, 10, 12), NOW), 'Thursday, 12 November');
  assert.equal(dayText(new Date(2025, 10, 12), NOW), '12 November 2025');
  assert.equal(dayText(new Date(2025, 11, 31), new Date(2026, 0, 1)), 'Yesterday');
});
