import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateFlameTree } from '../../../scripts/bench/flame-tree-generator.ts';
import { flameLayout } from '../../../src/core/profile/flame-layout.ts';
import type { FlameTree } from '../../../src/core/profile/queries/flame-graph.ts';
import { inRows, rowOrder } from '../../../src/core/profile/row-order.ts';
import { drawnFlameTree } from '../../support/drawn-flame-tree.ts';

/** Every node as the way to it, with what it costs. */
function ways({ parent, total, self, line, function: func, functions }: FlameTree): string[] {
  const way: string[] = [];
  for (let node = 0; node < parent.length; node++) {
    way.push(node === 0 ? 'all' : `${way[parent[node]]};${functions.name[func[node]]}`);
  }
  return way.map((path, node) => `${path} ${self[node]} ${total[node]} ${line[node]}`);
}

describe('a tree in rows', () => {
  const tree = generateFlameTree({ nodes: 5000, seed: 3 });
  const rows = inRows(tree);

  it('has the same nodes, those of one caller together, what costs most first', () => {
    assert.deepEqual(ways(rows).sort(), ways(tree).sort());
    for (let node = 2; node < rows.parent.length; node++) {
      assert.ok(rows.parent[node] >= rows.parent[node - 1]);
      if (rows.parent[node] === rows.parent[node - 1]) assert.ok(rows.total[node] <= rows.total[node - 1]);
    }
  });

  it('is laid out as the tree it was made of', () => {
    const [before, after] = [flameLayout(tree), flameLayout(rows)];
    assert.deepEqual(after.left, before.left);
    assert.deepEqual(after.right, before.right);
    assert.deepEqual(after.firstChild, before.firstChild);
    assert.deepEqual(
      Array.from(after.node),
      Array.from(rows.parent, (_, node) => node),
    );
    assert.equal(inRows(rows), rows);
  });

  it('is told from one whose calls are out of order, or of one cost and not in order of function', () => {
    const drawn = drawnFlameTree(`
      #w  1     2     2     3
          main  main  main  idle
          b     a     c     .
    `);
    const { node } = rowOrder(drawn, 'cost');
    const names = Array.from(node, (at) => drawn.functions.name[drawn.function[at]] ?? 'all');
    assert.deepEqual(names, ['all', 'main', 'idle', 'a', 'c', 'b']);
  });
});
