import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NONE } from '../../../../src/core/profile/profile.ts';
import { flameGraph, withoutNarrow } from '../../../../src/core/profile/queries/flame-graph.ts';
import { QueryModel } from '../../../../src/core/profile/queries/query-model.ts';
import { inRows } from '../../../../src/core/profile/row-order.ts';
import { randomProfile } from '../../../support/random-profile.ts';

describe('a flame graph of what is wide enough', () => {
  it('has every node of at least that share, with its callers, in the same order, and tells how many it has not', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const model = new QueryModel(randomProfile(seed, 400));
      const view = { ...model.defaultView, value: 1 };
      const whole = flameGraph(model, { view });
      for (const share of [0.5, 0.05, 0.005]) {
        const some = flameGraph(model, { view, leastShare: share });
        const least = whole.total[0] * share;
        const wanted = Array.from(whole.total.keys()).filter((node) => whole.total[node] >= least);
        assert.deepEqual(
          [...some.total],
          Array.from(wanted, (node) => whole.total[node]),
        );
        assert.deepEqual(
          [...some.function],
          Array.from(wanted, (node) => whole.function[node]),
        );
        assert.equal(some.omitted ?? 0, whole.total.length - wanted.length);
        assert.equal(some.parent[0], NONE);
        for (let node = 1; node < some.parent.length; node++) {
          assert.equal(wanted[some.parent[node]], whole.parent[wanted[node]]);
        }
        assert.equal(inRows(some), some, 'it is in row order');
      }
    }
  });

  it('is the tree itself where nothing is too narrow', () => {
    const model = new QueryModel(randomProfile(1));
    const tree = flameGraph(model, { view: model.defaultView });
    assert.equal(withoutNarrow(tree, 1e-9), tree);
  });
});
