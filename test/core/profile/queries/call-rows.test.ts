import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BottomUpTree } from '../../../../src/core/profile/bottom-up-tree.ts';
import { ProfileBuilder } from '../../../../src/core/profile/builder.ts';
import { type CallTree, callTree } from '../../../../src/core/profile/call-tree.ts';
import { invertedWeights } from '../../../../src/core/profile/inverted-weights.ts';
import { NONE } from '../../../../src/core/profile/profile.ts';
import type { CallRow, CallRowsAsk } from '../../../../src/core/profile/queries/call-rows.ts';
import { ask } from '../../../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../../../src/core/profile/queries/query-model.ts';
import { TREE_COLUMNS, type TreeColumn } from '../../../../src/core/profile/tree-order.ts';
import { drawnProfile } from '../../../support/drawn-profile.ts';
import { withFunctions } from '../../../support/go-top.ts';
import { randomProfile } from '../../../support/random-profile.ts';

const DRAWN = `
  #w     5      3      2      1      4
  main   main   main   main   idle
  parse  parse  draw   draw   .
  read   parse  blit   read   .
  .      read   .      .      .
`;

function asking(model: QueryModel, change: Partial<CallRowsAsk> = {}): CallRowsAsk {
  return {
    view: model.defaultView,
    direction: 'down',
    sort: { column: 'total', isDescending: true },
    tree: 0,
    expanded: Int32Array.of(0),
    search: null,
    from: 0,
    count: 1_000_000,
    locate: NONE,
    ...change,
  };
}

/** The same with everything expanded. */
function allOpen(model: QueryModel, change: Partial<CallRowsAsk> = {}): CallRowsAsk {
  const { tree } = ask(model, 'callRows', asking(model, change));
  const closed = asking(model, { ...change, tree });
  const { nodes, isCut } = ask(model, 'callExpansion', { ...closed, node: 0, what: 'all' });
  assert.ok(!isCut);
  return { ...closed, expanded: Int32Array.from(nodes) };
}

const outline = (rows: readonly CallRow[]) =>
  rows.map(({ level, name, total, self }) => `${'  '.repeat(level - 1)}${name || 'all'} ${total} ${self}`);

/** By path of functions: self and total. */
function costs(tree: CallTree): Map<string, string> {
  const paths: string[] = [''];
  for (let node = 1; node < tree.length; node++) paths.push(`${paths[tree.parent[node]]}/${tree.function[node]}`);
  return new Map(paths.map((path, node) => [path, `${tree.self[node]} ${tree.total[node]}`]));
}

function rowCosts(rows: readonly CallRow[]): Map<string, string> {
  const paths: string[] = [];
  for (const row of rows) paths.push(row.parentRow === NONE ? '' : `${paths[row.parentRow]}/${row.function}`);
  return new Map(paths.map((path, row) => [path, `${rows[row].self} ${rows[row].total}`]));
}

describe('the rows of a call tree', () => {
  it('are what calls cost, the most expensive first, and nothing below what is not expanded', () => {
    const model = new QueryModel(drawnProfile(DRAWN));
    assert.deepEqual(outline(ask(model, 'callRows', asking(model)).rows), ['all 15 0', '  main 11 0', '  idle 4 4']);
    assert.deepEqual(outline(ask(model, 'callRows', allOpen(model)).rows), [
      'all 15 0',
      '  main 11 0',
      '    parse 8 0',
      '      read 5 5',
      '      parse 3 0',
      '        read 3 3',
      '    draw 3 0',
      '      blit 2 2',
      '      read 1 1',
      '  idle 4 4',
    ]);
  });

  it('turned round begin with what costs something itself, and show below who called it', () => {
    const model = new QueryModel(drawnProfile(DRAWN));
    assert.deepEqual(outline(ask(model, 'callRows', allOpen(model, { direction: 'up' })).rows), [
      'all 15 0',
      '  read 9 0',
      '    parse 8 0',
      '      main 5 5',
      '      parse 3 0',
      '        main 3 3',
      '    draw 1 0',
      '      main 1 1',
      '  idle 4 4',
      '  blit 2 0',
      '    draw 2 0',
      '      main 2 2',
    ]);
  });

  it('agree with the call tree, and turned round with the tree of inverted stacks, node by node', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const profile = withFunctions(randomProfile(seed, 200));
      const model = new QueryModel(profile);
      for (let value = 0; value < profile.values.length; value++) {
        const view = { ...model.defaultView, value };
        const { weights } = model.viewed(view);
        const inverted = invertedWeights(profile, weights);
        const expected = { down: callTree(profile, weights), up: callTree(inverted.profile, inverted.weights) };
        for (const direction of ['down', 'up'] as const) {
          const { rows, whole } = ask(model, 'callRows', allOpen(model, { view, direction }));
          assert.deepEqual(new Map([...rowCosts(rows)].sort()), new Map([...costs(expected[direction])].sort()));
          assert.equal(whole, weights.total);
          assert.equal(rows[0].total, weights.total);
        }
      }
    }
  });

  it('stand in order among the calls of one node, by any column and either way', () => {
    const model = new QueryModel(withFunctions(randomProfile(3, 300)));
    const key: Record<TreeColumn, (row: CallRow) => string | number> = {
      total: (row: CallRow) => Math.abs(row.total),
      self: (row: CallRow) => Math.abs(row.self),
      name: (row: CallRow) => row.name.toLowerCase(),
      place: (row: CallRow) => model.profile.strings[model.profile.functions.file[row.function]],
      module: (row: CallRow) =>
        model.profile.strings[model.profile.modules.path[model.profile.functions.module[row.function]]],
    };
    for (const column of TREE_COLUMNS) {
      for (const isDescending of [true, false]) {
        const { rows } = ask(model, 'callRows', allOpen(model, { sort: { column, isDescending } }));
        for (const siblings of Map.groupBy(rows, ({ parentRow }) => parentRow).values()) {
          const keys = siblings.map(key[column]);
          const inOrder = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (isDescending ? -1 : 1));
          assert.deepEqual(keys, inOrder, `${column} ${isDescending}`);
          assert.deepEqual(
            siblings.map(({ position }) => position),
            siblings.map((_, at) => at + 1),
          );
          for (const { setSize } of siblings) assert.equal(setSize, siblings.length);
        }
      }
    }
  });

  it('come in pages that are parts of the whole', () => {
    const model = new QueryModel(withFunctions(randomProfile(5, 300)));
    const whole = allOpen(model);
    const { rows, rowCount } = ask(model, 'callRows', whole);
    assert.equal(rowCount, rows.length);
    const paged: CallRow[] = [];
    for (let from = 0; from < rowCount; from += 7) {
      paged.push(...ask(model, 'callRows', { ...whole, from, count: 7 }).rows);
    }
    assert.deepEqual(paged, rows);
    const last = rows[rows.length - 1];
    assert.equal(ask(model, 'callRows', { ...whole, count: 1, locate: last.node }).located, rows.length - 1);
  });

  it('with nodes of another tree show no more than the first level', () => {
    const model = new QueryModel(drawnProfile(DRAWN));
    const open = allOpen(model);
    const other = ask(model, 'callRows', { ...open, direction: 'up', locate: 3 });
    assert.notEqual(other.tree, open.tree);
    assert.deepEqual(outline(other.rows), ['all 15 0', '  read 9 0', '  idle 4 4', '  blit 2 0']);
    assert.equal(other.located, NONE);
  });

  it('expand along the most expensive path, until what costs most is the function itself', () => {
    const model = new QueryModel(drawnProfile(DRAWN));
    const { tree } = ask(model, 'callRows', asking(model));
    const { nodes, last } = ask(model, 'callExpansion', { ...asking(model, { tree }), node: 0, what: 'heaviest' });
    const { rows } = ask(model, 'callRows', asking(model, { tree, expanded: Int32Array.from(nodes) }));
    assert.deepEqual(outline(rows), [
      'all 15 0',
      '  main 11 0',
      '    parse 8 0',
      '      read 5 5',
      '      parse 3 0',
      '    draw 3 0',
      '  idle 4 4',
    ]);
    assert.equal(rows.find(({ node }) => node === last)?.name, 'read');
  });

  it('are found one after the other as they stand on the page, round the end, in any order', () => {
    const search = { text: 'F1|f3', isRegex: true, matchCase: false };
    for (const direction of ['down', 'up'] as const) {
      for (const column of ['total', 'name'] as const) {
        const model = new QueryModel(withFunctions(randomProfile(8, 300)));
        const open = allOpen(model, { direction, sort: { column, isDescending: false }, search });
        const { rows } = ask(model, 'callRows', open);
        const expected = rows.filter(({ name }) => /f1|f3/i.test(name)).map(({ node }) => node);
        assert.deepEqual(
          rows.filter(({ isMatch }) => isMatch).map(({ node }) => node),
          expected,
        );
        for (const step of [1, -1] as const) {
          let node = 0;
          const met: number[] = [];
          for (let count = 0; count <= expected.length; count++) {
            const match = ask(model, 'callMatch', { ...open, node, step });
            node = match.node;
            met.push(node);
            assert.equal(expected[match.rank], node);
            assert.equal(match.count, expected.length);
          }
          const cycle = step === 1 ? expected : expected.toReversed();
          assert.deepEqual(met, [...cycle, cycle[0]]);
        }
      }
    }
  });

  it('are found in what is not expanded yet, with what is to be expanded for it', () => {
    const model = new QueryModel(drawnProfile(DRAWN));
    const search = { text: 'blit', isRegex: false, matchCase: true };
    const closed = asking(model, { tree: ask(model, 'callRows', asking(model)).tree, search });
    const { node, expand, count, weight } = ask(model, 'callMatch', { ...closed, node: 0, step: 1 });
    assert.equal(count, 1);
    assert.equal(weight, 2);
    const open = { ...closed, expanded: Int32Array.from(expand), locate: node };
    const { rows, located } = ask(model, 'callRows', open);
    assert.equal(rows[located].name, 'blit');
    assert.ok(rows[located].isMatch);
  });

  it('weigh a sample once in what a search found, however often it matches', () => {
    const model = new QueryModel(drawnProfile(DRAWN));
    for (const direction of ['down', 'up'] as const) {
      const search = { text: 'parse', isRegex: false, matchCase: false };
      assert.equal(ask(model, 'callMatch', { ...asking(model, { direction, search }), node: 0, step: 0 }).weight, 8);
    }
  });

  it('say what is not a regular expression by its name', () => {
    const model = new QueryModel(drawnProfile(DRAWN));
    const search = { text: '(', isRegex: true, matchCase: false };
    assert.throws(() => ask(model, 'callRows', asking(model, { search })), { name: 'MalformedPattern' });
  });

  it('are open again by their names, in another view as far as they are there', () => {
    const model = new QueryModel(withFunctions(randomProfile(9, 300)));
    for (const direction of ['down', 'up'] as const) {
      const open = allOpen(model, { direction });
      const before = ask(model, 'callRows', open);
      const names = ask(model, 'callNames', open);
      const other = new QueryModel(model.profile);
      const { tree, nodes } = ask(other, 'callNodes', { view: other.defaultView, direction, names });
      const after = ask(other, 'callRows', { ...asking(other, { direction }), tree, expanded: nodes });
      assert.deepEqual(outline(after.rows), outline(before.rows));
      const less = { ...other.defaultView, operations: [{ op: 'hide', pattern: '^f1$' } as const] };
      const there = ask(other, 'callNodes', { view: less, direction, names });
      assert.ok(there.nodes.length > 0 && there.nodes.length <= nodes.length);
    }
  });

  it('are open by names that come from anywhere', () => {
    const model = new QueryModel(drawnProfile(DRAWN));
    const names = { parent: [NONE, 0, 5, 1, Number.NaN], name: ['', 'main', '__proto__', 'nothing', 'x'] };
    const { nodes } = ask(model, 'callNodes', { view: model.defaultView, direction: 'down', names });
    assert.equal(nodes.length, 2);
  });

  it('as text have their depth and unrounded costs', () => {
    const model = new QueryModel(drawnProfile(DRAWN));
    const { text, rows, of } = ask(model, 'callText', {
      ...allOpen(model),
      from: 1,
      count: 3,
      format: 'tsv',
      whole: 15,
    });
    assert.deepEqual([rows, of], [3, 3]);
    assert.deepEqual(text.split('\n'), [
      'Self (samples)\tSelf (%)\tTotal (samples)\tTotal (%)\tDepth\tFunction\tFile\tLine\tModule',
      '0\t0\t11\t73.3333333333\t1\t  main\ta.c\t\t/bin/program',
      '0\t0\t8\t53.3333333333\t2\t    parse\ta.c\t\t/bin/program',
      '5\t33.3333333333\t5\t33.3333333333\t3\t      read\ta.c\t\t/bin/program',
      '',
    ]);
  });

  it('of a stack a million deep are there without recursion, both ways', () => {
    const builder = new ProfileBuilder();
    const value = builder.value('samples', 'count');
    const frames = ['a', 'b', 'c'].map((name) => builder.frame({ function: builder.function({ name }) }));
    let stack = NONE;
    for (let depth = 0; depth < 1_000_000; depth++) stack = builder.stack(stack, frames[depth % 3]);
    builder.addWeight(builder.sample(stack, builder.thread(1, 1, 'main'), 0), value, 1);
    const model = new QueryModel(builder.finish({}));
    for (const direction of ['down', 'up'] as const) {
      const { tree } = ask(model, 'callRows', asking(model, { direction }));
      const closed = asking(model, { direction, tree });
      const { nodes, isCut } = ask(model, 'callExpansion', { ...closed, node: 0, what: 'heaviest' });
      assert.ok(isCut);
      const { rows, rowCount } = ask(model, 'callRows', {
        ...closed,
        expanded: Int32Array.from(nodes),
        from: 9_999,
        count: 5,
      });
      assert.equal(rowCount, nodes.length + 1);
      assert.equal(rows[0].level, 10_000);
      const search = { text: 'b', isRegex: false, matchCase: true };
      const match = ask(model, 'callMatch', { ...closed, search, node: 0, step: -1 });
      assert.equal(match.isCut, direction === 'up');
      assert.equal(match.rank, match.count - 1);
    }
  });

  it('of a tree too large to be searched as a whole are searched as far as a limit', () => {
    const profile = withFunctions(randomProfile(6, 300));
    const { weights } = new QueryModel(profile).viewed(new QueryModel(profile).defaultView);
    const tree = callTree(profile, weights);
    const cut = new BottomUpTree(tree, { nodes: 20, entries: 1_000_000 });
    assert.equal(cut.growAll(), false);
    assert.ok(cut.length > 20);
    const whole = new BottomUpTree(tree);
    assert.equal(whole.growAll(), true);
    assert.ok(whole.length > cut.length);
  });
});
