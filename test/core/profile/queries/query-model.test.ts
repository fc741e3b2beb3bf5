import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../../../src/core/profile/builder.ts';
import { operated } from '../../../../src/core/profile/operations/index.ts';
import type { Operation } from '../../../../src/core/profile/operations/operation.ts';
import { NONE } from '../../../../src/core/profile/profile.ts';
import { ask } from '../../../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../../../src/core/profile/queries/query-model.ts';
import { withoutInlines, withoutKernel } from '../../../../src/core/profile/without-frames.ts';
import { drawnProfile } from '../../../support/drawn-profile.ts';
import { withFunctions } from '../../../support/go-top.ts';
import { randomProfile } from '../../../support/random-profile.ts';

const OPERATIONS: readonly Operation[] = [
  { op: 'to', at: { share: 0.9 } },
  { op: 'ignore', pattern: 'f2' },
  { op: 'collapse-recursion' },
  { op: 'hide', pattern: 'b\\.h' },
];

/** What an answer says of what is in view. */
const inView = <A extends { readonly whole: number }>({ whole: _, ...answer }: A) => answer;

describe('a view with operations', () => {
  it('answers every query as the profile does that they are done to, inlined functions and kernel aside first', () => {
    const profile = withFunctions(randomProfile(4, 300));
    const model = new QueryModel(profile);
    for (const inlines of [true, false]) {
      for (const kernel of [true, false]) {
        const shown = kernel ? profile : withoutKernel(profile);
        const done = operated(inlines ? shown : withoutInlines(shown), OPERATIONS, { whole: profile, earlier: [] });
        const [view, plain] = [
          { ...model.defaultView, inlines, kernel, operations: OPERATIONS },
          { ...model.defaultView, operations: [] },
        ];
        const other = new QueryModel(done);
        for (const by of ['function', 'line', 'file', 'module'] as const) {
          assert.deepEqual(inView(ask(model, 'top', { view, by })), inView(ask(other, 'top', { view: plain, by })));
        }
        assert.deepEqual(ask(model, 'flameGraph', { view }), ask(other, 'flameGraph', { view: plain }));
        assert.deepEqual(
          inView(ask(model, 'fileLines', { view, file: 'a.c' })),
          inView(ask(other, 'fileLines', { view: plain, file: 'a.c' })),
        );
        assert.deepEqual(
          inView(ask(model, 'functionNeighbours', { view, function: 1 })),
          inView(ask(other, 'functionNeighbours', { view: plain, function: 1 })),
        );
      }
    }
  });

  it('has its figures in another unit where they are counted or divided, and the whole with them', () => {
    const profile = withFunctions(randomProfile(4, 300));
    const model = new QueryModel(profile);
    const measured = (...operations: readonly Operation[]) =>
      ask(model, 'measure', { view: { ...model.defaultView, operations } });
    const plain = measured();
    assert.equal(plain.whole, plain.total);
    const per = measured({ op: 'ignore', pattern: 'f2' }, { op: 'per', amount: 1200, name: 'request' });
    assert.equal(per.value.unit, `${plain.value.unit}/request`);
    assert.equal(per.whole, plain.whole / 1200);
    assert.ok(per.total > 0 && per.total < per.whole);
    const counted = measured({ op: 'ignore', pattern: 'f2' }, { op: 'count' });
    assert.deepEqual(counted.value, { type: `${plain.value.type} entries`, unit: 'count' });
    const [weights] = profile.samples.weights;
    assert.equal(counted.whole, weights.filter((weight) => weight !== 0).length);
  });

  it('tells what has no stack, which is in the whole and in no row', () => {
    const model = new QueryModel(
      drawnProfile(`
        #w    3     4
        main  .
      `),
    );
    const { total, stackless, rows } = ask(model, 'top', { view: model.defaultView, by: 'function' });
    assert.deepEqual([total, stackless, rows.map(({ total }) => total)], [7, 4, [3]]);
  });

  it('tells how many samples there were, also where weights are told per something', () => {
    const profile = drawnProfile(`
      #w    3     4
      main  main
      work  rest
    `);
    const model = new QueryModel(profile);
    const operations: readonly Operation[] = [{ op: 'per', amount: 7, name: 'request' }];
    const work = model.profile.strings.indexOf('work');
    const func = Array.from(model.profile.functions.name).indexOf(work);
    const { samples, focusTotal } = ask(model, 'functionNeighbours', {
      view: { ...model.defaultView, operations },
      function: func,
    });
    assert.deepEqual([samples, focusTotal], [3, 3 / 7]);
  });

  it('has one row for a line, also where its function is recorded with and without the line of its definition', () => {
    const builder = new ProfileBuilder();
    const value = builder.value('samples', 'count');
    for (const startLine of [0, 100]) {
      const func = builder.function({ name: 'next', file: 't.js', startLine });
      const frame = builder.frame({ function: func, file: 't.js', line: 111 });
      builder.addWeight(builder.sample(builder.stackOf([frame]), NONE, 0), value, 2);
    }
    const model = new QueryModel(builder.finish());
    const rows = (by: 'line' | 'function') =>
      ask(model, 'top', { view: model.defaultView, by }).rows.map(({ name, line, self }) => [name, line, self]);
    assert.deepEqual(rows('line'), [['next', 111, 4]]);
    assert.equal(rows('function').length, 2);
  });

  it('does one operation more to what it has already, and asks nothing twice', () => {
    const model = new QueryModel(randomProfile(1));
    const view = (count: number) => ({ ...model.defaultView, operations: OPERATIONS.slice(0, count) });
    const three = model.viewed(view(3));
    assert.equal(model.viewed(view(3)), three);
    assert.equal(model.viewed({ ...view(3), value: 1 }).profile, three.profile);
    for (const count of [0, 1, 2, 4, 3]) model.viewed(view(count));
    assert.equal(model.viewed(view(3)).profile, three.profile);
  });

  it('is refused in words where it can not be', () => {
    const model = new QueryModel(randomProfile(1));
    const view = (operation: Operation) => ({ ...model.defaultView, operations: [operation] });
    assert.throws(() => model.viewed(view({ op: 'focus', pattern: '(' })), { name: 'MalformedPattern' });
    assert.throws(() => model.viewed(view({ op: 'per', amount: -1, name: 'x' })), { name: 'UnusableOperation' });
    assert.equal(model.viewed(model.defaultView).profile, model.profile);
  });
});
