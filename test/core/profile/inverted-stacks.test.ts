import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { invertedStacks } from '../../../src/core/profile/inverted-stacks.ts';
import { NONE, type StackTable } from '../../../src/core/profile/profile.ts';
import { randomProfile } from '../../support/random-profile.ts';

describe('stacks turned round', () => {
  it('are each its frames the other way, and end nowhere early', () => {
    const { stacks } = randomProfile(2, 300);
    const { stacks: turned, mapped, cutDepth } = invertedStacks(stacks, new Uint8Array(stacks.length).fill(1));
    for (let stack = 0; stack < stacks.length; stack++) {
      assert.deepEqual(framesOf(turned, mapped[stack]), framesOf(stacks, stack).reverse());
    }
    assert.equal(cutDepth, Number.POSITIVE_INFINITY);
  });

  it('that would be too many are all cut at one depth, which is told', () => {
    const { stacks } = randomProfile(2, 300);
    const all = new Uint8Array(stacks.length).fill(1);
    let former = 0;
    for (const limits of [
      { rows: 1, steps: 1 },
      { rows: 1e9, steps: stacks.length * 3 },
      { rows: stacks.length * 2, steps: 1e9 },
    ]) {
      const { stacks: turned, mapped, cutDepth } = invertedStacks(stacks, all, limits);
      assert.ok(Number.isFinite(cutDepth) && cutDepth >= 1);
      for (let stack = 0; stack < stacks.length; stack++) {
        const whole = framesOf(stacks, stack).reverse();
        assert.deepEqual(framesOf(turned, mapped[stack]), whole.slice(0, cutDepth));
      }
      former = Math.max(former, cutDepth);
    }
    assert.ok(former > 1);
  });

  it('are only those that were asked for', () => {
    const { stacks } = randomProfile(2, 30);
    const { stacks: turned, mapped } = invertedStacks(stacks, new Uint8Array(stacks.length));
    assert.equal(turned.length, 0);
    assert.ok(mapped.every((stack) => stack === NONE));
  });
});

/** Frames of a stack, outermost first. */
function framesOf({ parent, frame }: StackTable, stack: number): number[] {
  const frames: number[] = [];
  for (let at = stack; at !== NONE; at = parent[at]) frames.unshift(frame[at]);
  return frames;
}
