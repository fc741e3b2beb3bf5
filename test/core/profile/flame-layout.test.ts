import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateFlameTree } from '../../../scripts/bench/flame-tree-generator.ts';
import { type FlameLayout, flameLayout } from '../../../src/core/profile/flame-layout.ts';
import type { FlameTree } from '../../../src/core/profile/queries/flame-graph.ts';
import { drawnFlameTree } from '../../support/drawn-flame-tree.ts';

const names = (tree: FlameTree, layout: FlameLayout, row: number) =>
  Array.from(layout.node.subarray(layout.rowStart[row], layout.rowStart[row + 1]), (node) =>
    node === 0 ? 'all' : tree.functions.name[tree.function[node]],
  );

describe('flameLayout', () => {
  const drawn = `
    #w  1     6     2     1
        main  main  main  idle
        b     a     c     .
        x     .     .     .
  `;

  it('puts what costs most to the left, or what comes first by name', () => {
    const tree = drawnFlameTree(drawn);
    assert.deepEqual(names(tree, flameLayout(tree, 'cost'), 2), ['a', 'c', 'b']);
    assert.deepEqual(names(tree, flameLayout(tree, 'name'), 2), ['a', 'b', 'c']);
    assert.deepEqual(names(tree, flameLayout(tree, 'name'), 1), ['idle', 'main']);
  });

  it('gives each call the share of the width that it has of the cost', () => {
    const tree = drawnFlameTree(drawn);
    const { node, left, right, length } = flameLayout(tree);
    for (let box = 0; box < length; box++) {
      assert.ok(Math.abs(right[box] - left[box] - tree.total[node[box]] / 10) < 1e-12);
    }
    assert.deepEqual([left[0], right[0]], [0, 1]);
  });

  it('gives nothing a width where nothing was measured', () => {
    const tree = drawnFlameTree('main  main');
    const { right, height } = flameLayout({ ...tree, self: tree.self.fill(0), total: tree.total.fill(0) });
    assert.deepEqual([...right], [0, 0]);
    assert.equal(height, 2);
  });

  it('keeps calls within their caller where a cost is below zero', () => {
    const tree = drawnFlameTree(`
      #w  3     -2
          main  main
          a     b
    `);
    const { left, right } = flameLayout(tree);
    for (let box = 0; box < left.length; box++) assert.ok(left[box] >= 0 && left[box] <= right[box] && right[box] <= 1);
  });

  for (const order of ['cost', 'name'] as const) {
    it(`holds its invariants on a tree of 20,000 nodes, by ${order}`, () => {
      const tree = generateFlameTree({ nodes: 20_000, seed: 7 });
      const { length, height, rowStart, node, parent, firstChild, row, left, right, before } = flameLayout(tree, order);
      assert.equal(length, 20_000);
      assert.equal(new Set(node).size, length, 'every node has a box of its own');
      for (let at = 0; at < length; at++) {
        const up = parent[at];
        if (at > 0) {
          assert.equal(node[up], tree.parent[node[at]]);
          assert.ok(left[at] >= left[up] && right[at] <= right[up], 'a box lies within its parent');
          assert.ok(at >= firstChild[up] && at < firstChild[up + 1]);
          assert.equal(row[at], row[up] + 1);
        }
        const calls = firstChild[at + 1] - firstChild[at];
        let width = 0;
        for (let child = firstChild[at]; child < firstChild[at + 1]; child++) width += right[child] - left[child];
        if (calls > 0) assert.ok(width <= right[at] - left[at] + 1e-12);
      }
      for (let line = 0; line < height; line++) {
        let sum = 0;
        for (let at = rowStart[line]; at < rowStart[line + 1]; at++) {
          assert.equal(row[at], line);
          if (at > rowStart[line]) assert.ok(left[at] >= right[at - 1], 'a row is in order of x');
          assert.ok(Math.abs(before[at] - sum) < 1e-9);
          sum += right[at] - left[at];
        }
        assert.ok(sum <= 1 + 1e-9);
      }
      assert.equal(rowStart[height], length);
    });
  }
});
