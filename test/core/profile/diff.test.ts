import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { ProfileBuilder } from '../../../src/core/profile/builder.ts';
import { diffTop } from '../../../src/core/profile/diff/diff-top.ts';
import { DIFF_WIDTHS, type DiffTree, diffTree } from '../../../src/core/profile/diff/diff-tree.ts';
import { rowMargin } from '../../../src/core/profile/diff/poisson-interval.ts';
import { sideOf } from '../../../src/core/profile/diff/side-of.ts';
import type { Side } from '../../../src/core/profile/diff/union-profile.ts';
import { type Diff, type DiffOptions, diff } from '../../../src/core/profile/diff.ts';
import { GROUPINGS } from '../../../src/core/profile/frame-keys.ts';
import { operated } from '../../../src/core/profile/operations/index.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { flameGraph } from '../../../src/core/profile/queries/flame-graph.ts';
import { QueryModel } from '../../../src/core/profile/queries/query-model.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { topTable } from '../../../src/core/profile/top-table.ts';
import { invalidities } from '../../../src/core/profile/validity.ts';
import { folded } from '../../../src/core/writers/folded.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';
import { type Costs, goTop, withFunctions } from '../../support/go-top.ts';
import { needTool } from '../../support/need-tool.ts';
import { randomProfile } from '../../support/random-profile.ts';

const PAIRS = [
  [1, 2],
  [3, 4],
  [5, 6],
  [7, 7],
  [8, 20],
].map(([before, after]) => [oneValue(randomProfile(before, 300)), oneValue(randomProfile(after, 200))] as const);

describe('a difference of two profiles', () => {
  it('is that of go tool pprof -diff_base, of every function and line', { skip: needTool('go') }, () => {
    for (const [before, after] of PAIRS) {
      const found = difference(before, after);
      const base = { option: '-diff_base', profile: before };
      assert.deepEqual(changes(found, 'function'), goTop(after, 0, '-functions', [], base));
      assert.deepEqual(changes(found, 'line'), goTop(after, 0, '-lines', [], base));
    }
  });

  it('is that of go tool pprof -diff_base -normalize', { skip: needTool('go') }, () => {
    for (const [before, after] of PAIRS) {
      // pprof rounds each sample it scales to a whole number. So that there's nothing to round, one total is a multiple of the other.
      const base = weighted(before, total(after));
      const found = difference(base, after, { normalise: 'total' });
      assert.equal(Math.round(found.after.total), found.before.total);
      const theirs = goTop(after, 0, '-functions', ['-normalize'], { option: '-diff_base', profile: base });
      const ours = changes(found, 'function');
      assert.deepEqual(Object.keys(ours).sort(), Object.keys(theirs).sort());
      for (const [name, costs] of Object.entries(ours)) assert.deepEqual(costs.map(Math.round), theirs[name]);
    }
  });

  it('is that of go tool pprof -diff_base -normalize under filters, which choose what is seen, and not what it is scaled by', {
    skip: needTool('go'),
  }, () => {
    for (const [before, after] of PAIRS) {
      const base = weighted(before, total(after));
      for (const [filter, operation] of [
        ['-focus=f1', { op: 'focus', pattern: 'f1' }],
        ['-ignore=f2', { op: 'ignore', pattern: 'f2' }],
        ['-show_from=f3', { op: 'show-from', pattern: 'f3' }],
      ] as const) {
        const [old, now] = [base, after].map((profile) => {
          const model = new QueryModel(profile);
          return sideOf(model, { ...model.defaultView, operations: [operation] });
        });
        const found = diff(old, now, after.values[0], { normalise: 'total' });
        const theirs = goTop(after, 0, '-functions', ['-normalize', filter], { option: '-diff_base', profile: base });
        const ours = changes(found, 'function');
        assert.deepEqual(Object.keys(ours).sort(), Object.keys(theirs).sort());
        for (const [name, costs] of Object.entries(ours)) assert.deepEqual(costs.map(Math.round), theirs[name], name);
      }
    }
  });

  it('has by stack what inferno-diff-folded has', { skip: infernoMissing() }, () => {
    for (const [first, second] of PAIRS) {
      const [before, after] = [first, second].map((profile) =>
        operated(threadless(profile), [{ op: 'focus', pattern: '.' }]),
      );
      const found: Record<string, [number, number]> = {};
      for (const { path, before: old, after: now } of selves(diffTree(difference(before, after)))) {
        if (old !== 0 || now !== 0) found[path] = [old, now];
      }
      assert.deepEqual(found, infernoDiff(before, after));
    }
  });

  it('has on either side what the profile has by itself, by every grouping, and the other way round the opposite', () => {
    for (const [before, after] of PAIRS) {
      const found = difference(before, after);
      const back = difference(after, before);
      assert.deepEqual(invalidities(found.profile), []);
      for (const by of GROUPINGS) {
        const rows = diffTop(found, by);
        for (const [side, profile] of [
          ['before', before],
          ['after', after],
        ] as const) {
          const own = topTable(profile, stackWeights(profile, { value: 0 }), by).map(({ self, total }) => [
            self,
            total,
          ]);
          const mine = rows.map((row) => [row[side].self, row[side].total]).filter(([, all]) => all !== 0);
          assert.deepEqual(mine.sort(byFigures), own.filter(([, all]) => all !== 0).sort(byFigures), by);
        }
        const figures = (of: Diff, sign: number) =>
          diffTop(of, by).map(({ change }) => [change.self * sign || 0, change.total * sign || 0]);
        assert.deepEqual(figures(found, 1).sort(byFigures), figures(back, -1).sort(byFigures));
      }
    }
  });

  it('of a profile with itself is nothing, and a scaled one is nothing once it is normalised', () => {
    const [[profile]] = PAIRS;
    for (const other of [profile, weighted(profile, 4)]) {
      const rows = diffTop(difference(profile, other, { normalise: 'total' }), 'line');
      assert.ok(rows.length > 10);
      for (const { change } of rows) assert.deepEqual(change, { self: 0, total: 0 });
    }
  });

  it('keeps what has gone and what is new', () => {
    const found = difference(
      drawnProfile(`
        main  main
        old   both
      `),
      drawnProfile(`
        #w    1     3
        main  main
        new   both
      `),
    );
    const rows = diffTop(found, 'function').map(({ function: func, before, after }) => [
      nameOf(found.profile, func),
      before.total,
      after.total,
    ]);
    assert.deepEqual(rows, [
      ['both', 1, 3],
      ['new', 0, 1],
      ['old', 1, 0],
      ['main', 2, 4],
    ]);
  });

  it('takes a function for the same that moved in its file, in a module that lies elsewhere, built in another folder', () => {
    const build = (root: string, line: number, module: string) => {
      const builder = new ProfileBuilder();
      const own = builder.module(`${root}/${module}`);
      const add = (name: string, file: string, startLine: number) =>
        builder.frame({
          function: builder.function({ name, file: `${root}/src/${file}`, startLine, module: own }),
          line: startLine + 1,
          module: own,
        });
      const frames = [add('main', 'main.c', line), add('init', 'a/util.c', line), add('init', 'b/util.c', line)];
      const value = builder.value('samples', 'count');
      for (const [at, frame] of frames.entries()) {
        builder.addWeight(
          builder.sample(builder.stackOf(at === 0 ? [frame] : [frames[0], frame]), NONE, at),
          value,
          line + at,
        );
      }
      return builder.finish();
    };
    const found = difference(build('/home/a', 10, 'program'), build('/tmp/b', 30, 'program-new'));
    const rows = diffTop(found, 'function').map(({ function: func, file, before, after }) => [
      nameOf(found.profile, func),
      found.profile.strings[file],
      before.total,
      after.total,
    ]);
    assert.deepEqual(rows.sort(), [
      ['init', '/tmp/b/src/a/util.c', 11, 31],
      ['init', '/tmp/b/src/b/util.c', 12, 32],
      ['main', '/tmp/b/src/main.c', 33, 93],
    ]);
  });

  it('tells functions of one name apart by their parameters only where there are several', () => {
    const build = (...functions: [string, string][]) => {
      const builder = new ProfileBuilder();
      const value = builder.value('samples', 'count');
      for (const [name, fullName] of functions) {
        const frame = builder.frame({ function: builder.function({ name, fullName }) });
        builder.addWeight(builder.sample(builder.stackOf([frame]), NONE, 0), value, 1);
      }
      return builder.finish();
    };
    const found = difference(
      build(['f', 'f(int)'], ['f', 'f(char)'], ['g', 'g']),
      build(['f', 'f(int)'], ['g', 'g(long)']),
    );
    const rows = diffTop(found, 'function').map(({ function: func, change }) => [
      found.profile.strings[found.profile.functions.fullName[func]],
      change.self,
    ]);
    assert.deepEqual(rows.sort(), [
      ['f(char)', -1],
      ['f(int)', 0],
      ['g(long)', 0],
    ]);
  });

  it('is told by samples as many as were taken, not by entries that may stand for many', () => {
    const folded = (text: string) => importProfile(bytesInMemory(Buffer.from(text)));
    const options = { normalise: 'samples' } as const;
    const [before, after] = [folded('main;a 100\n'), folded('main;a 50\nmain;b 150\n')];
    assert.equal(difference(before, after, options).scale.after, 0.5);
    const timed = drawnProfile('a  a  a');
    const [one, three] = [
      { ...folded('a;b 7\n'), values: COSTS },
      { ...timed, values: COSTS },
    ];
    assert.equal(difference(three, { ...drawnProfile('a'), values: COSTS }, options).scale.after, 3);
    assert.throws(() => difference(one, three, options), /has added up equal stacks without counting them/);
  });

  it('is told per second, per request or by samples, and refused where that is not known', () => {
    const profile = (weight: number, durationNs: number) => {
      const drawn = drawnProfile(`
        #w  ${weight}
        a
      `);
      return { ...drawn, origin: { ...drawn.origin, durationNs } };
    };
    const [before, after] = [profile(10, 2e9), profile(30, 3e9)];
    const self = (options: DiffOptions) => {
      const found = difference(before, after, options);
      const [row] = diffTop(found, 'function');
      return [row.before.self, row.after.self, found.value.unit];
    };
    assert.deepEqual(self({ normalise: 'duration' }), [5, 10, 'count/s']);
    assert.deepEqual(self({ normalise: 'requests', requests: { before: 5, after: 10, name: 'call' } }), [
      2,
      3,
      'count/call',
    ]);
    assert.deepEqual(self({ normalise: 'samples' }), [10, 10, 'count']);
    assert.deepEqual(self({ normalise: 'total' }), [10, 10, 'count']);
    const perCall = (of: Profile) => operated(of, [{ op: 'per', amount: 1, name: 'call' }]);
    for (const normalise of ['duration', 'requests'] as const) {
      const options = { normalise, requests: { before: 5, after: 10, name: 'call' } };
      assert.throws(() => difference(perCall(before), perCall(after), options), /Weights are per call already/);
    }
    const unknown = profile(1, Number.NaN);
    assert.throws(() => difference(before, unknown, { normalise: 'duration' }), { name: 'UnusableOperation' });
    assert.throws(() => difference(before, after, { normalise: 'requests' }), /how many requests/);
    assert.throws(() => difference(before, operated(after, [{ op: 'focus', pattern: 'x' }]), { normalise: 'total' }), {
      name: 'UnusableOperation',
    });
    // 1.96 × √(10 + 30), and the same per request.
    const [row] = diffTop(difference(before, after), 'function');
    assert.ok(Math.abs(rowMargin(difference(before, after), row, 'self') - 1.96 * Math.sqrt(40)) < 1e-9);
    const scaled = difference(before, after, {
      normalise: 'requests',
      requests: { before: 5, after: 10, name: 'call' },
    });
    assert.ok(
      Math.abs(rowMargin(scaled, diffTop(scaled, 'function')[0], 'self') - 1.96 * Math.sqrt(10 / 25 + 30 / 100)) < 1e-9,
    );
  });
});

describe('a tree of differences', () => {
  it('has each side as its own flame graph has it, whatever its widths are', () => {
    for (const [before, after] of PAIRS) {
      const found = difference(before, after);
      const own = [before, after].map((profile) => {
        const model = new QueryModel(profile);
        const { parent, self, total, function: func, functions } = flameGraph(model, { view: model.defaultView });
        return pathsOf(parent, (node) => functions.name[func[node]]).map((path, node) => [
          path,
          self[node],
          total[node],
        ]);
      });
      for (const width of DIFF_WIDTHS) {
        const tree = diffTree(found, width);
        const rows = selves(tree);
        const side = (of: 'before' | 'after', all: Float64Array) =>
          rows.map((row, node) => [row.path, row[of], all[node]]).filter(([, self, sum]) => self !== 0 || sum !== 0);
        assert.deepEqual(side('before', tree.beforeTotal).sort(), own[0].filter(([, , sum]) => sum !== 0).sort());
        assert.deepEqual(side('after', tree.afterTotal).sort(), own[1].filter(([, , sum]) => sum !== 0).sort());
        for (let node = 0; node < rows.length; node++) {
          if (node > 0) assert.ok(tree.parent[node] < node);
          const { before: old, after: now } = rows[node];
          assert.equal(tree.self[node], { before: old, after: now, change: Math.abs(now - old) }[width]);
        }
        const sums = tree.self.slice();
        for (let node = sums.length - 1; node > 0; node--) sums[tree.parent[node]] += sums[node];
        assert.deepEqual(tree.total, sums);
      }
    }
  });
});

const byFigures = (a: readonly number[], b: readonly number[]) => a[0] - b[0] || a[1] - b[1];

function difference(before: Profile, after: Profile, options?: DiffOptions): Diff {
  return diff(side(before), side(after), before.values[0], options);
}

function side(profile: Profile): Side {
  return { profile, weights: stackWeights(profile, { value: 0 }) };
}

/** With a function for every frame, and the first value only. */
function oneValue(profile: Profile): Profile {
  const { values, samples } = withFunctions(profile);
  return {
    ...withFunctions(profile),
    values: values.slice(0, 1),
    samples: { ...samples, weights: samples.weights.slice(0, 1) },
  };
}

function weighted(profile: Profile, by: number): Profile {
  const { samples } = profile;
  return {
    ...profile,
    samples: { ...samples, weights: samples.weights.map((column) => column.map((weight) => weight * by)) },
  };
}

function threadless(profile: Profile): Profile {
  return { ...profile, samples: { ...profile.samples, thread: profile.samples.thread.map(() => NONE) } };
}

function total(profile: Profile): number {
  return profile.samples.weights[0].reduce((sum, weight) => sum + weight, 0);
}

/** Changes by the name that pprof shows; what hasn't changed it doesn't list. */
function changes(found: Diff, by: 'function' | 'line'): Costs {
  const { strings } = found.profile;
  const rows = diffTop(found, by).filter(({ change }) => change.self !== 0 || change.total !== 0);
  return Object.fromEntries(
    rows.map(({ function: func, file, line, change }) => {
      const place = strings[file] === '' ? '' : ` ${strings[file]}`;
      const name = by === 'function' ? '' : line > 0 ? ` ${strings[file]}:${line}` : place;
      return [`${nameOf(found.profile, func)}${name}`, [change.self, change.total]];
    }),
  );
}

function nameOf({ functions, strings }: Profile, func: number): string {
  return strings[functions.name[func]];
}

function pathsOf(parent: Int32Array, name: (node: number) => string): string[] {
  const paths = [''];
  for (let node = 1; node < parent.length; node++) {
    paths[node] = parent[node] === 0 ? name(node) : `${paths[parent[node]]};${name(node)}`;
  }
  return paths;
}

function selves(tree: DiffTree): { path: string; before: number; after: number }[] {
  return pathsOf(tree.parent, (node) => tree.functions.name[tree.function[node]]).map((path, node) => ({
    path,
    before: tree.beforeSelf[node],
    after: tree.afterSelf[node],
  }));
}

function inferno(): string {
  return join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'perfwright',
    'inferno',
    'bin',
    'inferno-diff-folded',
  );
}

function infernoMissing(): string | false {
  return existsSync(inferno()) ? false : 'inferno-diff-folded is not installed; npm run bench installs it';
}

function infernoDiff(before: Profile, after: Profile): Record<string, [number, number]> {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-diff-'));
  try {
    writeFileSync(join(folder, 'before'), folded.write(before));
    writeFileSync(join(folder, 'after'), folded.write(after));
    const { stdout, status } = spawnSync(inferno(), [join(folder, 'before'), join(folder, 'after')], {
      encoding: 'utf8',
    });
    assert.equal(status, 0);
    return Object.fromEntries(
      [...stdout.matchAll(/^(.*) (\d+) (\d+)$/gm)].map(([, path, old, now]) => [path, [Number(old), Number(now)]]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const COSTS = [{ type: 'cost', unit: 'count' }];
