import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../../../src/core/profile/builder.ts';
import { GROUPS } from '../../../../src/core/profile/operations/group.ts';
import {
  OPERATION_NAMES,
  OPERATIONS,
  operated,
  operationFrom,
  operationsFrom,
  operationWords,
  rowOf,
} from '../../../../src/core/profile/operations/index.ts';
import type { Operation } from '../../../../src/core/profile/operations/operation.ts';
import { NONE, type Profile } from '../../../../src/core/profile/profile.ts';
import { QueryModel } from '../../../../src/core/profile/queries/query-model.ts';
import { top } from '../../../../src/core/profile/queries/top.ts';
import { invalidities } from '../../../../src/core/profile/validity.ts';
import { drawnProfile } from '../../../support/drawn-profile.ts';
import { speltSamples } from '../../../support/naive-totals.ts';
import { randomProfile } from '../../../support/random-profile.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** One of each, as a person may write it. */
const EACH: readonly Operation[] = [
  { op: 'process', pid: 7 },
  { op: 'from', at: { share: 0.25 } },
  { op: 'to', at: { ns: 800e6 } },
  { op: 'root', by: 'thread' },
  { op: 'root', by: 'process' },
  { op: 'tagroot', key: 'tag' },
  { op: 'focus', pattern: 'f1' },
  { op: 'ignore', pattern: 'f2' },
  { op: 'hide', pattern: 'f0|f3' },
  { op: 'show', pattern: 'f[0-4]' },
  { op: 'show-from', pattern: 'f1|f4' },
  { op: 'tagfocus', filter: 'tag=t1' },
  { op: 'tagignore', filter: 'bytes=64b' },
  { op: 'tagshow', pattern: 'tag' },
  { op: 'taghide', pattern: 'bytes' },
  { op: 'prune-from', pattern: 'f2' },
  { op: 'show-to', pattern: 'f1|f4' },
  { op: 'only', preset: 'kernel' },
  { op: 'without', preset: 'kernel' },
  { op: 'merge', pattern: 'f1' },
  { op: 'collapse', pattern: 'f[12]' },
  { op: 'collapse-module', pattern: 'shared' },
  { op: 'collapse-recursion' },
  { op: 'collapse-cycles' },
  { op: 'group', by: 'file' },
  { op: 'group', by: 'module' },
  { op: 'group', by: 'package' },
  { op: 'count' },
  { op: 'per-second' },
  { op: 'per', amount: 4, name: 'request' },
  { op: 'invert' },
];

/** Those that never lose a sample. */
const KEEPS_ALL = [
  'root tagroot tagshow taghide prune-from without merge collapse collapse-module collapse-recursion collapse-cycles group invert',
].flatMap((names) => names.split(' '));

describe('every operation', () => {
  it('is in the list that these tests go through', () => {
    assert.deepEqual(new Set(EACH.map(({ op }) => op)), new Set(OPERATION_NAMES));
  });

  it('gives a sound profile and leaves the one it was given as it was', () => {
    for (const seed of SEEDS) {
      const profile = timed(randomProfile(seed));
      const before = structuredClone(profile);
      for (const operation of EACH) assert.deepEqual(invalidities(operated(profile, [operation])), [], operation.op);
      assert.deepEqual(profile, before);
    }
  });

  it('can come after any other, but for weights that are divided twice, and a list is its operations one after the other', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 150; round++) {
      const profile = timed(randomProfile(round));
      const drawn = Array.from(
        { length: 1 + Math.floor(random() * 5) },
        () => EACH[Math.floor(random() * EACH.length)],
      );
      const list = drawn.filter((one, at) => !isDivision(one) || !drawn.slice(0, at).some(isDivision));
      const after = operated(profile, list);
      assert.deepEqual(invalidities(after), [], JSON.stringify(list));
      let stepwise = profile;
      for (const [at, operation] of list.entries()) {
        stepwise = operated(stepwise, [operation], { whole: profile, earlier: list.slice(0, at) });
      }
      assert.deepEqual(spelt(stepwise), spelt(after));
    }
  });

  const isDivision = ({ op }: Operation) => op === 'per' || op === 'per-second';

  it('either keeps the sum of every value, or keeps samples as they are or leaves them out whole', () => {
    for (const seed of SEEDS) {
      const profile = timed(randomProfile(seed));
      for (const operation of EACH.filter(({ op }) => !['count', 'per', 'per-second'].includes(op))) {
        const after = operated(profile, [operation]);
        const sums = (of: Profile) =>
          of.samples.weights.map((column) => column.reduce((sum, weight) => sum + weight, 0));
        if (KEEPS_ALL.includes(operation.op)) assert.deepEqual(sums(after), sums(profile), operation.op);
        else for (const [value, sum] of sums(after).entries()) assert.ok(sum <= sums(profile)[value], operation.op);
      }
    }
  });

  it('shares what it does not touch', () => {
    const profile = timed(randomProfile(1));
    for (const op of ['process', 'from', 'focus', 'ignore', 'tagfocus', 'tagignore'] as const) {
      const after = operated(profile, [EACH.find((operation) => operation.op === op)!]);
      assert.ok(after.samples.length < profile.samples.length);
      for (const table of ['strings', 'modules', 'functions', 'frames', 'stacks', 'threads', 'labelSets'] as const) {
        assert.equal(after[table], profile[table], `${op}: ${table}`);
      }
    }
    for (const op of ['merge', 'collapse', 'collapse-recursion', 'hide', 'group', 'invert'] as const) {
      const after = operated(profile, [EACH.find((operation) => operation.op === op)!]);
      for (const table of ['modules', 'threads', 'labelSets'] as const) assert.equal(after[table], profile[table]);
      if (op !== 'hide')
        for (const column of ['weights', 'time', 'labels', 'thread'] as const)
          assert.equal(after.samples[column], profile.samples[column]);
      // Whoever has an index of a function or a string can go on using it.
      assert.deepEqual(after.strings.slice(0, profile.strings.length), profile.strings);
      assert.deepEqual(
        Array.from(after.functions.name).slice(0, profile.functions.length),
        Array.from(profile.functions.name),
      );
    }
    assert.equal(operated(profile, [{ op: 'focus', pattern: '' }]), profile);
    for (const operation of [{ op: 'merge', pattern: 'nobody' } as const, { op: 'without', preset: 'jvm' } as const]) {
      // All but the warning that says so.
      const { quality: _, ...same } = operated(profile, [operation]);
      for (const [name, table] of Object.entries(same)) assert.equal(table, profile[name as keyof Profile], name);
    }
    assert.equal(operated(profile, []), profile);
  });

  it('is plain data: it comes back from JSON and from the text of its option', () => {
    for (const operation of EACH) {
      const row = rowOf(operation.op);
      assert.deepEqual(operationFrom(JSON.parse(JSON.stringify(operation))), operation);
      assert.deepEqual(row.read(row.write(operation)), operation);
      assert.match(operationWords(operation), /\w/);
      assert.doesNotMatch(operationWords(operation), /undefined|\[object/);
    }
  });

  it('is refused where it is none, or says nothing that can be done', () => {
    const none = [
      null,
      'focus',
      {},
      { op: 'focus' },
      { op: 'focus', pattern: 3 },
      { op: '__proto__' },
      { op: 'toString' },
    ];
    const more = [
      { op: 'group', by: 'colour' },
      { op: 'from', at: { share: 2 } },
      { op: 'from', at: null },
      { op: 'without', preset: '__proto__' },
    ];
    for (const data of [...none, ...more]) assert.equal(operationFrom(data), undefined, JSON.stringify(data));
    for (const data of [
      { op: 'hide', pattern: '(' },
      { op: 'tagfocus', filter: 'a=b,[' },
    ]) {
      assert.equal(operationFrom(data), undefined, JSON.stringify(data));
    }
    assert.deepEqual(operationsFrom([EACH[0], null, { op: 'x' }, EACH[3]]), [EACH[0], EACH[3]]);
    assert.equal(operationsFrom(Array.from({ length: 1e6 }, () => EACH[0])).length, 100);
    for (const data of [undefined, {}, 'focus', { length: 1 }]) assert.deepEqual(operationsFrom(data), []);
    assert.throws(() => OPERATIONS.focus.read('('), { name: 'MalformedPattern' });
    assert.throws(() => OPERATIONS.per.read('0'), { name: 'UnusableOperation' });
    assert.throws(() => OPERATIONS.from.read('soon'), /"soon" is no moment/);
    assert.throws(() => OPERATIONS.without.read('nothing'), /expected one of: kernel, /);
    const timeless = drawnProfile('a');
    timeless.samples.time.fill(Number.NaN);
    assert.throws(() => operated(timeless, [{ op: 'from', at: { ns: 1 } }]), /has no times/);
    assert.throws(() => operated(timeless, [{ op: 'per-second' }]), /how long it took/);
  });

  it('takes a stack of a million frames, and says so where it can only show a part', () => {
    const profile = deepProfile(1_000_000);
    for (const operation of EACH) {
      if (operation.op === 'per-second') continue;
      const after = operated(profile, [operation]);
      assert.deepEqual(invalidities(after), [], operation.op);
      if (operation.op !== 'invert') continue;
      assert.match(after.quality.warnings.join(), /cut \d+ callers away/);
      assert.ok(after.stacks.length <= 10_000_000);
    }
  });
});

describe('operations on stacks', () => {
  const cases: readonly [Operation, (stack: readonly string[]) => readonly string[]][] = [
    [{ op: 'merge', pattern: '^f[12]$' }, (stack) => stack.filter((name) => !/^f[12]$/.test(name))],
    [
      { op: 'collapse', pattern: '^f[12]$' },
      (stack) => {
        const at = stack.findIndex((name) => /^f[12]$/.test(name));
        return at < 0 ? stack : stack.slice(0, at + 1);
      },
    ],
    [
      { op: 'collapse-recursion' },
      (stack) => stack.filter((name, at) => at === 0 || name === '?' || name !== stack[at - 1]),
    ],
    [
      { op: 'collapse-cycles' },
      (stack) => {
        let path: string[] = [];
        for (const name of stack) {
          const known = name === '?' ? -1 : path.indexOf(name);
          path = [...(known < 0 ? path : path.slice(0, known)), name];
        }
        return path;
      },
    ],
    [{ op: 'invert' }, (stack) => [...stack].reverse()],
  ];
  for (const [operation, expected] of cases) {
    it(`${operation.op} does to every stack what it says`, () => {
      for (const seed of SEEDS) {
        const profile = randomProfile(seed, 300);
        const want = spelt(profile).map(({ names, weight }) => ({ names: expected(names), weight }));
        assert.deepEqual(spelt(operated(profile, [operation])), want, `seed ${seed}`);
      }
    });
  }

  it('invert twice is what it was, but for what was inlined', () => {
    for (const seed of SEEDS) {
      const profile = randomProfile(seed);
      assert.deepEqual(spelt(operated(profile, [{ op: 'invert' }, { op: 'invert' }])), spelt(profile));
    }
  });

  it('a recursion that is collapsed has the line that ran, and its calls', () => {
    const profile = drawnProfile(`
      main:1  main:1
      f:2     f:2
      f:3     f:3
      f:4     g:9
    `);
    const { stacks, frames, samples } = operated(profile, [{ op: 'collapse-recursion' }]);
    const lines = (stack: number): number[] =>
      stack === NONE ? [] : [...lines(stacks.parent[stack]), frames.line[stacks.frame[stack]]];
    assert.deepEqual([...samples.stack].map(lines), [
      [1, 4],
      [1, 3, 9],
    ]);
  });

  it('an inlined frame that loses what it was inlined into stands on its own, in its code', () => {
    const profile = drawnProfile(`
      main:1
      host:2
      ~inner:3
      ~leaf:4
    `);
    const { stacks, frames, functions, strings } = operated(profile, [{ op: 'hide', pattern: 'host' }]);
    const rows = Array.from(stacks.frame, (frame) => [
      strings[functions.name[frames.function[frame]]],
      frames.inlined[frame],
      frames.line[frame],
    ]);
    assert.deepEqual(rows, [
      ['main', 0, 1],
      ['inner', 0, 3],
      ['leaf', 1, 4],
    ]);
  });

  it('frames of one file, module or package that follow one another are one', () => {
    const profile = drawnProfile(`
      net/http.serve@srv.go:1   main@a.c
      net/http.read@req.go:2    java.util.Map.get@Map.java
      k!sys_read                java.util.Set.add@Set.java
      .                         main@a.c
    `);
    const by = (operation: Operation) => spelt(operated(profile, [operation])).map(({ names }) => names.join(' '));
    assert.deepEqual(by({ op: 'group', by: 'file' }), ['srv.go req.go (no source known)', 'a.c Map.java Set.java a.c']);
    assert.deepEqual(by({ op: 'group', by: 'module' }), ['program [kernel.kallsyms]', 'program']);
    assert.deepEqual(by({ op: 'group', by: 'package' }), ['net/http [kernel.kallsyms]', 'program java.util program']);
    assert.deepEqual(
      by({ op: 'collapse-module', pattern: 'kernel' })[0],
      'net/http.serve net/http.read [kernel.kallsyms]',
    );
  });

  it('one group is one function, whatever kinds of code are in it', () => {
    const profile = drawnProfile(`
      main      main    main
      k!write   lib     lib
      .         k!read  .
    `);
    for (const by of GROUPS) {
      const model = new QueryModel(operated(profile, [{ op: 'group', by }]));
      const { rows } = top(model, { view: model.defaultView, by: 'function' });
      assert.equal(new Set(rows.map(({ name }) => name)).size, rows.length, by);
    }
  });

  it('a tree for each thread has the thread outermost, and a sample without a stack too', () => {
    const profile = drawnProfile(`
      #t  main  worker  worker
      a   a     .
      b   .     .
    `);
    const names = spelt(operated(profile, [{ op: 'root', by: 'thread' }])).map(({ names }) => names.join(' '));
    assert.deepEqual(names, ['main (1) a b', 'worker (2) a', 'worker (2)']);
  });
});

describe('weights', () => {
  const profile = drawnProfile(`
    #w  3  0  8
    a   a  b
  `);

  it('by a number have its name in the unit', () => {
    const { values, samples } = operated(profile, [{ op: 'per', amount: 4, name: 'request' }]);
    assert.deepEqual(values, [{ type: 'samples', unit: 'count/request' }]);
    assert.deepEqual([...samples.weights[0]], [0.75, 0, 2]);
  });

  it('by so small a number that they were infinite are refused in words', () => {
    assert.throws(() => operated(profile, [{ op: 'per', amount: 1e-320, name: 'request' }]), {
      name: 'UnusableOperation',
      message: 'Weights divided by 1e-320 are more than fits into a number: divide by more.',
    });
  });

  it('are told per one thing at a time; counted anew, they are told per nothing', () => {
    const perRequest: Operation = { op: 'per', amount: 1, name: 'request' };
    const perItem: Operation = { op: 'per', amount: 2, name: 'item' };
    for (const second of [perItem, perRequest, { op: 'per-second' } as const]) {
      const timed = { ...profile, origin: { ...profile.origin, durationNs: 1e9 } };
      assert.throws(() => operated(timed, [perRequest, second]), {
        name: 'UnusableOperation',
        message: /^Weights are per request already/,
      });
    }
    const asRead = { ...profile, values: [{ type: 'cpu', unit: 'nanoseconds/s' }] };
    assert.throws(() => operated(asRead, [perItem]), /^UnusableOperation: Weights are per s already/);
    const { values, dividedBy } = operated(profile, [perItem, { op: 'count' }, perRequest]);
    assert.deepEqual([values[0].unit, dividedBy], ['count/request', 1]);
  });

  it('that are counted are one for each entry that weighs something', () => {
    const { values, samples } = operated(profile, [{ op: 'count' }]);
    assert.deepEqual(values, [{ type: 'samples entries', unit: 'count' }]);
    assert.deepEqual([...samples.weights[0]], [1, 0, 1]);
  });
});

describe('a range of time', () => {
  it('that meets another shares no sample with it and loses none but those without a time, which are counted', () => {
    for (const seed of SEEDS) {
      const profile = timed(randomProfile(seed));
      const times = (operations: Operation[]) => [...operated(profile, operations).samples.time];
      const parts = [0, 0.2, 0.5, 0.9, 1].map((share) => ({ share }));
      const found = parts.slice(1).flatMap((to, at) =>
        times([
          { op: 'from', at: parts[at] },
          { op: 'to', at: to },
        ]),
      );
      const known = [...profile.samples.time].filter((time) => !Number.isNaN(time));
      assert.deepEqual(found.sort(byNumber), known.sort(byNumber));
      const missing = profile.samples.length - known.length;
      const { warnings } = operated(profile, [{ op: 'from', at: { ns: 0 } }]).quality;
      assert.deepEqual(warnings, [
        `Left out of the range of time, since they have no time: ${missing} ${missing === 1 ? 'sample' : 'samples'}.`,
      ]);
    }
  });

  it('has weights per second of it, whichever of the two came first', () => {
    const profile = timed(randomProfile(3));
    const range: Operation[] = [
      { op: 'from', at: { share: 0.25 } },
      { op: 'to', at: { share: 0.5 } },
    ];
    const rounded = (operations: Operation[]) => {
      const { samples, dividedBy, values } = operated(profile, operations);
      const [weights] = samples.weights;
      return {
        unit: values[0].unit,
        dividedBy: dividedBy.toFixed(9),
        weights: Array.from(weights, (w) => w.toFixed(6)),
      };
    };
    const first = rounded([...range, { op: 'per-second' }]);
    assert.ok(first.weights.length > 0);
    assert.deepEqual(rounded([{ op: 'per-second' }, ...range]), first);
    assert.deepEqual(rounded([range[0], { op: 'per-second' }, range[1]]), first);
    assert.throws(
      () =>
        operated(profile, [{ op: 'from', at: { share: 0.5 } }, { op: 'to', at: { share: 0.1 } }, { op: 'per-second' }]),
      /has no length/,
    );
    const counted = rounded([...range, { op: 'count' }]);
    assert.deepEqual(rounded([{ op: 'per-second' }, { op: 'count' }, ...range]), counted);
  });

  it('has the duration that is left, and weights per second go by it', () => {
    const profile = drawnProfile(`
      #w  3  5  8
      a   b  c
    `);
    const whole = { ...profile, origin: { ...profile.origin, durationNs: 4e6 } };
    const after = operated(whole, [
      { op: 'from', at: { share: 0.25 } },
      { op: 'to', at: { ns: 2e6 } },
      { op: 'per-second' },
    ]);
    assert.equal(after.origin.durationNs, 1e6);
    assert.deepEqual(after.values, [{ type: 'samples', unit: 'count/s' }]);
    assert.deepEqual([...after.samples.weights[0]], [5000]);
  });
});

const byNumber = (a: number, b: number) => a - b;

/** The profile with a duration, so that everything can be done to it. */
function timed(profile: Profile): Profile {
  return { ...profile, origin: { ...profile.origin, durationNs: 1e9 } };
}

/** Names of every sample's frames, outermost first, `?` without a function. */
function spelt(profile: Profile): { names: readonly string[]; weight: number }[] {
  const { frames, functions, strings } = profile;
  return speltSamples(profile, { value: 0 }).map(({ frames: stack, weight }) => ({
    names: stack.map((frame) =>
      frames.function[frame] === NONE ? '?' : strings[functions.name[frames.function[frame]]],
    ),
    weight,
  }));
}

/** One stack so deep, sampled at many depths: three functions that call one another in turn. */
function deepProfile(depth: number): Profile {
  const builder = new ProfileBuilder();
  const module = builder.module('/lib/libshared.so');
  const frames = ['f0', 'f1', 'f1', 'f2'].map((name) =>
    builder.frame({ function: builder.function({ name, file: 'a.c' }), module }),
  );
  const value = builder.value('samples', 'count');
  const thread = builder.thread(7, 7, 'main');
  let stack = NONE;
  for (let at = 0; at < depth; at++) {
    stack = builder.stack(stack, frames[at % frames.length]);
    if (at % 5000 === 0 || at > depth - 200) builder.addWeight(builder.sample(stack, thread, at), value, 1);
  }
  return builder.finish();
}
