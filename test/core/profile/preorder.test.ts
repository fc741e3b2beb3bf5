import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { preorder } from '../../../src/core/profile/preorder.ts';
import { NONE, type StackTable } from '../../../src/core/profile/profile.ts';

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
