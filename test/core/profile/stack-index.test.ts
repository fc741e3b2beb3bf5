import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StackIndexMap } from '../../../src/core/profile/stack-index.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** Interns pairs and compares with a Map of their text. */
function check(pairs: Iterable<readonly [number, number]>, expected: number): number {
  const map = new StackIndexMap(expected);
  const naive = new Map<string, number>();
  for (const [caller, frame] of pairs) {
    const key = `${caller} ${frame}`;
    const next = naive.size;
    const known = naive.get(key) ?? next;
    assert.equal(map.intern(caller, frame, next), known, key);
    naive.set(key, known);
  }
  return naive.size;
}

describe('the index of stacks', () => {
  it('gives a pair the same stack again, whatever pairs come, and while it grows', () => {
    const random = seededRandom(5);
    const below = (end: number) => Math.floor(random() * end);
    const pairs = Array.from({ length: 50_000 }, () => [below(3000) - 1, below(2 ** 31)] as const);
    assert.ok(check([...pairs, ...pairs], 16) > 49_000);
    check(
      Array.from({ length: 50_000 }, () => [below(500) - 1, below(50)] as const),
      100_000,
    );
  });

  it('takes a caller with a hundred thousand stacks, and as many callers with one, without slowing down', () => {
    const start = performance.now();
    check(
      Array.from({ length: 100_000 }, (_, frame) => [7, frame] as const),
      16,
    );
    check(
      Array.from({ length: 100_000 }, (_, caller) => [caller - 1, 3] as const),
      16,
    );
    // So many with a dozen stacks each that all places near theirs are taken.
    const map = new StackIndexMap(16);
    for (const round of [0, 1]) {
      for (let stack = 0; stack < 2_400_000; stack++) {
        const known = map.intern(stack % 200_000, stack, stack + round);
        if (known !== stack) assert.fail(`${known} is not ${stack}`);
      }
    }
    // Quadratic time would be minutes.
    assert.ok(performance.now() - start < 20_000);
  });
});
