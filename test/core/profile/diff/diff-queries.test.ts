import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../../../src/core/profile/builder.ts';
import { changeOf, changeShareText } from '../../../../src/core/profile/diff/change.ts';
import { diffTop } from '../../../../src/core/profile/diff/diff-top.ts';
import { DIFF_WIDTHS, diffTree } from '../../../../src/core/profile/diff/diff-tree.ts';
import { isChanceKnown } from '../../../../src/core/profile/diff/poisson-interval.ts';
import { DiffModel, type DiffView } from '../../../../src/core/profile/diff/queries/diff-model.ts';
import { DIFF_ORDERS, type DiffTableOptions } from '../../../../src/core/profile/diff/queries/diff-table.ts';
import { askDiff } from '../../../../src/core/profile/diff/queries/index.ts';
import { sampleWeight } from '../../../../src/core/profile/diff/sample-weight.ts';
import { GROUPINGS } from '../../../../src/core/profile/frame-keys.ts';
import { extent, outsideTimeRange, timeRange } from '../../../../src/core/profile/operations/time-range.ts';
import { NONE, type Profile } from '../../../../src/core/profile/profile.ts';
import { drawnProfile } from '../../../support/drawn-profile.ts';
import { randomProfile } from '../../../support/random-profile.ts';

const VIEW: DiffView = { value: 0, inlines: true, kernel: true, operations: [], normalise: 'nothing', requests: null };
const TABLE: DiffTableOptions = {
  view: VIEW,
  by: 'function',
  order: 'size',
  of: 'self',
  isReversed: false,
  query: { text: '', isRegex: false, matchCase: false },
  limit: 1000,
};
const BEFORE = drawnProfile(`
  #w    40    7     3
  main  main  main
  work  work  gone_old
  step
`);
const AFTER = drawnProfile(`
  #w    60    7     4
  main  main  main
  work  work  come_new
  step
`);

describe('questions about two profiles', () => {
  it('plain data: what is answered is the same once it has crossed to another thread', () => {
    const model = new DiffModel(randomProfile(1, 300), randomProfile(2, 300));
    for (const answer of [
      askDiff(model, 'diffSides', undefined),
      askDiff(model, 'diffFlameGraph', { view: VIEW, width: 'change' }),
      askDiff(model, 'diffTable', TABLE),
    ]) {
      assert.deepEqual(structuredClone(answer), answer);
    }
  });

  it('have the figures of the difference, by every grouping and in every order', () => {
    const model = new DiffModel(randomProfile(3, 300), randomProfile(4, 300));
    const found = model.diff(VIEW);
    for (const by of GROUPINGS) {
      const figures = diffTop(found, by).map(({ before, after }) => JSON.stringify([before, after]));
      for (const order of DIFF_ORDERS) {
        for (const cost of ['self', 'total'] as const) {
          const { rows, rowCount } = askDiff(model, 'diffTable', { ...TABLE, by, order, of: cost });
          assert.equal(rowCount, figures.length);
          assert.deepEqual(
            rows.map(({ before, after }) => JSON.stringify([before, after])).sort(),
            [...figures].sort(),
          );
          const key = rows.map(({ before, after }) => {
            const change = after[cost] - before[cost];
            return { name: 0, size: Math.abs(change), change, before: before[cost], after: after[cost] }[order];
          });
          assert.deepEqual(
            key,
            [...key].sort((a, b) => b - a),
            `${by} ${order} ${cost}`,
          );
          const back = askDiff(model, 'diffTable', { ...TABLE, by, order, of: cost, isReversed: true });
          assert.deepEqual(back.rows.map(({ after }) => after[cost]).length, rows.length);
        }
      }
    }
  });

  it('are narrowed by folders only where one is looked for', () => {
    const profile = drawnProfile(`
      main@/home/render/src/main.c:1  main@/home/render/src/main.c:1
      render_all@/home/me/a.c:2       rest@/usr/src/rest.c:3
    `);
    const names = (text: string) => {
      const query = { text, isRegex: false, matchCase: false };
      return askDiff(new DiffModel(profile, profile), 'diffTable', { ...TABLE, query, order: 'name' }).rows.map(
        ({ name }) => name,
      );
    };
    assert.deepEqual(names('render'), ['render_all']);
    assert.deepEqual(names('render/src'), ['main']);
  });

  it('are limited, and narrowed by text and by regular expression', () => {
    const model = new DiffModel(BEFORE, AFTER);
    const names = (options: Partial<DiffTableOptions>) =>
      askDiff(model, 'diffTable', { ...TABLE, ...options }).rows.map(({ name }) => name);
    assert.deepEqual(names({}), ['step', 'come_new', 'gone_old', 'main', 'work']);
    assert.deepEqual(names({ limit: 2 }), ['step', 'come_new']);
    assert.equal(askDiff(model, 'diffTable', { ...TABLE, limit: 2 }).rowCount, 5);
    assert.deepEqual(names({ order: 'name' }), ['come_new', 'gone_old', 'main', 'step', 'work']);
    assert.deepEqual(names({ query: { text: 'NE_OL', isRegex: false, matchCase: false } }), ['gone_old']);
    assert.deepEqual(names({ query: { text: 'NE_OL', isRegex: false, matchCase: true } }), []);
    assert.deepEqual(names({ query: { text: '^(main|st.p)$', isRegex: true, matchCase: true } }), ['step', 'main']);
    assert.throws(() => names({ query: { text: '(', isRegex: true, matchCase: true } }), { name: 'MalformedPattern' });
  });

  it('are about what both measure', () => {
    const counted = drawnProfile('#e  cycles  samples\na  b');
    const timed = drawnProfile('#e  samples  faults\na  b');
    const model = new DiffModel(counted, timed);
    const sides = askDiff(model, 'diffSides', undefined);
    assert.deepEqual(sides.values, [{ type: 'samples', unit: 'count' }]);
    assert.equal(sides.defaultValue, 0);
    const { tree } = askDiff(model, 'diffFlameGraph', { view: VIEW, width: 'after' });
    assert.deepEqual([tree.beforeTotal[0], tree.afterTotal[0]], [1, 1]);
    const none = new DiffModel(drawnProfile('#e  cycles\na'), drawnProfile('#e faults\na'));
    assert.deepEqual(askDiff(none, 'diffSides', undefined).values, []);
    assert.throws(() => none.diff(VIEW), { name: 'RangeError' });
  });

  it('draw what has a width, and say what has none', () => {
    const model = new DiffModel(BEFORE, AFTER);
    const draw = (width: 'after' | 'before' | 'change') => {
      const { tree, undrawn, undrawnBefore, undrawnAfter } = askDiff(model, 'diffFlameGraph', { view: VIEW, width });
      const names = Array.from(tree.function, (func) => (func < 0 ? 'all' : tree.functions.name[func]));
      return { names: names.join(' '), undrawn: [undrawn, undrawnBefore, undrawnAfter] };
    };
    assert.deepEqual(draw('after'), { names: 'all main work come_new step', undrawn: [1, 3, 0] });
    assert.deepEqual(draw('before'), { names: 'all main work gone_old step', undrawn: [1, 0, 4] });
    assert.deepEqual(draw('change'), { names: 'all main work come_new gone_old step', undrawn: [0, 0, 0] });
    const same = new DiffModel(BEFORE, BEFORE);
    const { tree } = askDiff(same, 'diffFlameGraph', { view: VIEW, width: 'change' });
    assert.deepEqual([...tree.afterTotal], [50]);
  });

  it('leave nothing out of the figures of what is drawn', () => {
    const model = new DiffModel(randomProfile(5, 400), randomProfile(6, 400));
    for (const width of DIFF_WIDTHS) {
      const whole = diffTree(model.diff(VIEW), width);
      const { tree, undrawnBefore, undrawnAfter } = askDiff(model, 'diffFlameGraph', { view: VIEW, width });
      if (width !== 'change') assert.ok(tree.parent.length < whole.parent.length, width);
      // In the same order: what is drawn of the whole, node by node.
      const drawn: number[] = [0];
      for (let node = 1; node < whole.parent.length; node++) {
        if (whole.total[node] > 0 && drawn.includes(whole.parent[node])) drawn.push(node);
      }
      assert.equal(tree.parent.length, drawn.length);
      for (const [node, at] of drawn.entries()) {
        if (node > 0) assert.equal(drawn[tree.parent[node]], whole.parent[at]);
        for (const column of [
          'function',
          'self',
          'total',
          'beforeSelf',
          'beforeTotal',
          'afterSelf',
          'afterTotal',
        ] as const) {
          assert.equal(tree[column][node], whole[column][at]);
        }
      }
      const sum = (column: Float64Array) => column.reduce((a, b) => a + b, 0);
      assert.equal(sum(tree.beforeSelf) + undrawnBefore, whole.beforeTotal[0]);
      assert.equal(sum(tree.afterSelf) + undrawnAfter, whole.afterTotal[0]);
    }
  });

  it('offer only what the two can be normalised by', () => {
    const lasting = (profile: Profile, durationNs: number) => ({
      ...profile,
      origin: { ...profile.origin, durationNs },
    });
    const by = (before: Profile, after: Profile) =>
      askDiff(new DiffModel(before, after), 'diffSides', undefined).normalisations;
    assert.deepEqual(by(BEFORE, AFTER), ['nothing', 'total', 'samples', 'requests']);
    assert.deepEqual(by(lasting(BEFORE, 1e9), lasting(AFTER, 2e9)), [
      'nothing',
      'total',
      'samples',
      'duration',
      'requests',
    ]);
  });
});

describe('the parts of a recording', () => {
  it('inside and outside a range of time have every sample once, and its length', () => {
    const profile = randomProfile(9, 500);
    const timed = Array.from(profile.samples.time, (time) => !Number.isNaN(time)).filter(Boolean).length;
    const { firstNs, lastNs } = extent(profile);
    for (const range of [
      { from: { share: 0.25 }, to: { share: 0.5 } },
      { to: { share: 0.3 } },
      { from: { share: 1 } },
    ]) {
      const [inside, outside] = [timeRange(profile, [range]), outsideTimeRange(profile, range)];
      assert.equal(inside.samples.length + outside.samples.length, timed);
      assert.ok(Math.abs(inside.origin.durationNs + outside.origin.durationNs - (lastNs - firstNs)) < 1e-6);
    }
  });
});

describe('what a sample weighs', () => {
  const clock = (weights: readonly [number, number][]) => {
    const builder = new ProfileBuilder();
    const [time, count] = [builder.value('cpu', 'nanoseconds'), builder.value('samples', 'count')];
    const stack = builder.stackOf([builder.frame({ function: builder.function({ name: 'f' }) })]);
    for (const [at, [ns, number]] of weights.entries()) {
      const row = builder.sample(stack, NONE, at);
      builder.addWeight(row, time, ns);
      builder.addWeight(row, count, number);
    }
    return builder.finish();
  };
  const TIME = { type: 'cpu', unit: 'nanoseconds' };

  it('is 1 where samples are counted, the period of an even clock, and else not known', () => {
    assert.equal(sampleWeight(clock([[5, 1]]), { type: 'samples', unit: 'count' }), 1);
    assert.equal(
      sampleWeight(
        clock([
          [10e6, 1],
          [30e6, 3],
          [0, 0],
        ]),
        TIME,
      ),
      10e6,
    );
    assert.ok(
      Number.isNaN(
        sampleWeight(
          clock([
            [10e6, 1],
            [30e6, 1],
          ]),
          TIME,
        ),
      ),
    );
    assert.ok(Number.isNaN(sampleWeight(clock([[-10e6, 1]]), TIME)));
    assert.ok(Number.isNaN(sampleWeight(drawnProfile('#e  bytes\na'), { type: 'bytes', unit: 'count' })));
  });

  it('goes by the samples of the same event', () => {
    const [one, other] = ['cycles', 'faults'].map((type) => ({ type, unit: 'count' }));
    const values = [one, other].flatMap((value) => [value, { type: `${value.type} samples`, unit: 'count' }]);
    const drawn = drawnProfile('a  a');
    const profile = (...rows: number[][]): Profile => ({
      ...drawn,
      values,
      samples: { ...drawn.samples, weights: rows.map((row) => Float64Array.from(row)) },
    });
    // Where it looked at those of the first event, chance was 0 times infinity.
    assert.equal(sampleWeight(profile([0, 0], [0, 0], [1, 1], [1, 1]), other), 1);
    assert.equal(sampleWeight(profile([5, 0], [1, 0], [0, 2], [0, 1]), other), 2);
    assert.equal(sampleWeight(profile([5, 0], [1, 0], [0, 2], [0, 1]), one), 5);
  });

  it('is what a sample weighs where weights are told per something: chance takes them no further', () => {
    const [before, after] = [clock([[10e6 * 400, 400]]), clock([[10e6 * 500, 500]])];
    for (const value of [0, 1]) {
      const margin = (operations: DiffView['operations']) => {
        const found = new DiffModel(before, after).diff({ ...VIEW, value, operations });
        return changeShareText(changeOf(found.before.total, found.after.total, found.sampleScale));
      };
      assert.deepEqual(margin([{ op: 'per', amount: 1200, name: 'request' }]), margin([]));
    }
  });

  it('gives a time the margin of the samples that it is', () => {
    const model = new DiffModel(clock([[10e6 * 400, 400]]), clock([[10e6 * 500, 500]]));
    const found = model.diff(VIEW);
    assert.ok(isChanceKnown(found));
    assert.deepEqual(found.sampleScale, { before: 10e6, after: 10e6 });
  });
});
