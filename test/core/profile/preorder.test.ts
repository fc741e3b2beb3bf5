import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { preorder } from '../../../src/core/profile/preorder.ts';
import { NONE, type StackTable } from '../../../src/core/profile/profile.ts';
import { seededRandom } from '../../support/seeded-random.ts';

function tree(parent: readonly number[]): StackTable {
  return { length: parent.length, parent: Int32Array.from(parent), frame: new Int32Array(parent.length) };
}

describe('depth-first order', () => {
  it('puts everything a stack called before its next sibling', () => {
    const { order, depth, height } = preorder(tree([NONE, 0, 0, 1, NONE, 4, 1]));
    assert.deepEqual([...order], [0, 1, 3, 6, 2, 4, 5]);
    assert.deepEqual([...depth], [0, 1, 1, 2, 0, 1, 2]);
    assert.equal(height, 3);
  });

  it('is the same for stacks in that order already, in nearly that order and in any other', () => {
    const random = seededRandom(2);
    for (let round = 0; round < 500; round++) {
      // The nearer a stack's caller is, the more stacks are in order.
      const reach = 1 + Math.floor(random() * 6);
      const parent = Array.from({ length: 12 }, (_, at) => Math.max(NONE, at - 1 - Math.floor(random() * reach)));
      const expected: number[] = [];
      const visit = (stack: number) => {
        if (stack !== NONE) expected.push(stack);
        for (const [at, up] of parent.entries()) if (up === stack) visit(at);
      };
      visit(NONE);
      assert.deepEqual([...preorder(tree(parent)).order], expected);
    }
  });

  it('of no stacks is empty', () => {
    assert.deepEqual(preorder(tree([])), { order: new Int32Array(), depth: new Int32Array(), height: 0 });
  });

  it('walks a stack of a million frames', () => {
    const length = 1e6;
    const { order, height } = preorder(tree(Array.from({ length }, (_, stack) => stack - 1)));
    assert.equal(height, length);
    assert.equal(order[length - 1], length - 1);
  });
});
