import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAllInView, wholeName } from '../../../src/core/profile/share-of.ts';

const FILTER = { op: 'focus', pattern: 'a' } as const;

describe('what shares are of', () => {
  it('is all where nothing is taken away, whatever was chosen', () => {
    const view = { threads: null, operations: [] };
    assert.ok(isAllInView(view));
    assert.equal(wholeName(view, 'view'), 'all');
    assert.equal(wholeName(view, 'all'), 'all');
  });

  it('is the thread where one is shown, and what is in view where there are more or a filter', () => {
    for (const [view, name] of [
      [{ threads: [1], operations: [] }, 'this thread'],
      [{ threads: [1, 2], operations: [] }, 'what is in view'],
      [{ threads: [1], operations: [FILTER] }, 'what is in view'],
      [{ threads: null, operations: [FILTER] }, 'what is in view'],
    ] as const) {
      assert.ok(!isAllInView(view));
      assert.equal(wholeName(view, 'view'), name);
      assert.equal(wholeName(view, 'all'), 'all');
    }
  });
});
