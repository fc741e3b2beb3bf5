import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateFlameTree } from '../../../scripts/bench/flame-tree-generator.ts';
import { flameLayout } from '../../../src/core/profile/flame-layout.ts';
import { flameMatches, matchingFunctions } from '../../../src/core/profile/flame-search.ts';
import { drawnFlameTree } from '../../support/drawn-flame-tree.ts';

const query = (text: string, options: { isRegex?: boolean; matchCase?: boolean } = {}) => ({
  text,
  isRegex: false,
  matchCase: false,
  ...options,
});

describe('a search in a flame graph', () => {
  const tree = drawnFlameTree(`
    #w  1     2     4     8
        main  main  main  other
        walk  walk  read  read
        leaf  walk  .     .
        .     leaf  .     .
  `);
  const layout = flameLayout(tree);
  const search = (...args: Parameters<typeof query>) =>
    flameMatches(tree, layout, matchingFunctions(tree, query(...args)));

  it('counts a sample once, however often its stack matches', () => {
    assert.equal(search('walk').share, 3 / 15);
    assert.equal(search('walk').boxes.length, 2);
    assert.equal(search('main').share, 7 / 15);
    assert.equal(search('', { isRegex: true }).share, 1);
  });

  it('finds by parts, by case and by regular expression', () => {
    assert.equal(search('READ').share, 12 / 15);
    assert.equal(search('READ', { matchCase: true }).share, 0);
    assert.equal(search('^(read|leaf)$', { isRegex: true }).share, 1);
    assert.equal(search('re.d').boxes.length, 0, 'a dot is a dot where no regular expression is asked for');
    assert.throws(() => search('(', { isRegex: true }), { name: 'MalformedPattern' });
  });

  it('takes no longer for a hostile expression than for another', { timeout: 60_000 }, () => {
    const name = `std::map<${'std::pair<int, long>, '.repeat(100)}>::find`;
    const hostile = { ...tree, functions: { ...tree.functions, fullName: tree.functions.fullName.map(() => name) } };
    const functions = matchingFunctions(hostile, query('(.*,)*x$', { isRegex: true }));
    assert.ok(!functions.includes(1));
  });

  it('steps through matches depth first from the left', () => {
    const order = Array.from(
      search('walk|read|leaf', { isRegex: true }).boxes,
      (box) => tree.functions.name[tree.function[layout.node[box]]],
    );
    assert.deepEqual(order, ['read', 'read', 'walk', 'walk', 'leaf', 'leaf']);
  });

  it('agrees with going up from every node of a tree of 20,000', () => {
    const large = generateFlameTree({ nodes: 20_000, seed: 3 });
    const placed = flameLayout(large);
    for (const text of ['part7:', 'Type1', 'method_12', 'nowhere']) {
      const functions = matchingFunctions(large, query(text));
      let weight = 0;
      for (let node = 1; node < 20_000; node++) {
        let at = node;
        while (at > 0 && functions[large.function[at]] === 0) at = large.parent[at];
        if (at > 0) weight += large.self[node];
      }
      const { share, boxes, before } = flameMatches(large, placed, functions);
      assert.ok(Math.abs(share - weight / large.total[0]) < 1e-9, text);
      assert.equal(before[20_000], boxes.length);
    }
  });
});
