import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { doneOfBoth } from '../../../src/features/compare/done-of-both.ts';
import type { ComparisonProgress } from '../../../src/runs/comparison-session.ts';

const STAGES = ['reading', 'symbols'] as const;
const progressOf = (sides: readonly ComparisonProgress['side'][]): ComparisonProgress[] =>
  sides.flatMap((side) => STAGES.flatMap((stage) => [0, 0.5, 1].map((done) => ({ side, stage, done }))));

describe('the bar of a comparison', () => {
  it('fills once, half of it for each recording, the later first', () => {
    const done = progressOf(['after', 'before']).map((progress) => doneOfBoth(progress, false));
    assert.deepEqual(done, [0, 1 / 8, 1 / 4, 1 / 4, 3 / 8, 1 / 2, 1 / 2, 5 / 8, 3 / 4, 3 / 4, 7 / 8, 1]);
  });

  it('fills with the one file that both are parts of', () => {
    const done = progressOf(['after']).map((progress) => doneOfBoth(progress, true));
    assert.deepEqual(done, [0, 1 / 4, 1 / 2, 1 / 2, 3 / 4, 1]);
  });
});
