import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callTree } from '../../../src/core/profile/call-tree.ts';
import { hotLines } from '../../../src/core/profile/hot-lines.ts';
import { neighbours } from '../../../src/core/profile/neighbours.ts';
import { type FrameIndex, NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { type Selection, stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { topTable } from '../../../src/core/profile/top-table.ts';
import { invalidities } from '../../../src/core/profile/validity.ts';
import { withoutInlines } from '../../../src/core/profile/without-frames.ts';
import { naiveTotals, type SpeltSample, speltSamples } from '../../support/naive-totals.ts';
import { randomProfile } from '../../support/random-profile.ts';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1);
const SELECTIONS: readonly Selection[] = [{ value: 0 }, { value: 1 }, { value: 2, threads: new Set([1, 2]) }];

describe('a random profile, against the definitions spelt out sample by sample', () => {
  it('is valid', () => {
    for (const seed of SEEDS) assert.deepEqual(invalidities(randomProfile(seed)), [], `seed ${seed}`);
  });

  it('has the weight of each selected sample once in the whole', () => {
    eachCase((profile, selection, samples, seed) => {
      const weights = stackWeights(profile, selection);
      assert.equal(weights.total, sum(samples), seed);
      assert.equal(weights.stackless, sum(samples.filter(({ frames }) => frames.length === 0)), seed);
      assert.equal(weights.sampleCount, samples.filter(({ weight }) => weight !== 0).length, seed);
    });
  });

  it('has the self and total of every function, line, file and module in its top tables', () => {
    const keys: Record<string, (profile: Profile, frame: FrameIndex) => string | undefined> = {
      function: ({ frames }, frame) => defined(frames.function[frame]),
      line: ({ frames }, frame) => `${frames.function[frame]} ${frames.file[frame]}:${frames.line[frame]}`,
      file: ({ frames }, frame) => String(frames.file[frame]),
      module: ({ frames }, frame) => String(frames.module[frame]),
    };
    eachCase((profile, selection, samples, seed) => {
      const weights = stackWeights(profile, selection);
      for (const by of ['function', 'line', 'file', 'module'] as const) {
        const expected = naiveTotals(samples, (frame) => keys[by](profile, frame));
        const actual = new Map(
          topTable(profile, weights, by).map((row) => [
            {
              function: `${row.function}`,
              line: `${row.function} ${row.file}:${row.line}`,
              file: `${row.file}`,
              module: `${row.module}`,
            }[by],
            { self: row.self, total: row.total },
          ]),
        );
        assert.deepEqual(sorted(actual), sorted(expected), `by ${by}, ${seed}`);
      }
    });
  });

  it('has the self and total of every line of every file in its hot lines', () => {
    eachCase((profile, selection, samples, seed) => {
      const fileOf = (frame: FrameIndex) => profile.frames.file[frame] || undefined;
      const byLine = naiveTotals(samples, (frame) => {
        const isKnown = fileOf(frame) !== undefined && profile.frames.line[frame] > 0;
        return isKnown ? `${fileOf(frame)}:${profile.frames.line[frame]}` : undefined;
      });
      const byFile = naiveTotals(samples, fileOf);
      const files = hotLines(profile, stackWeights(profile, selection));
      const actual = files.flatMap(({ file, line, self, total }) =>
        Array.from(line, (number, at) => [`${file}:${number}`, { self: self[at], total: total[at] }] as const),
      );
      assert.deepEqual(sorted(new Map(actual)), sorted(byLine), seed);
      const actualFiles = files.map(
        ({ file, fileSelf, fileTotal }) => [file, { self: fileSelf, total: fileTotal }] as const,
      );
      assert.deepEqual(sorted(new Map(actualFiles)), sorted(byFile), seed);
      for (const { line } of files)
        assert.deepEqual(
          [...line],
          [...line].sort((a, b) => a - b),
          seed,
        );
    });
  });

  it('has in its call tree each path of functions that a sample took, with what it weighs', () => {
    eachCase((profile, selection, samples, seed) => {
      const expected = new Map<string, { self: number; total: number }>();
      for (const { frames, weight } of samples) {
        if (weight === 0) continue;
        const path = frames.map((frame) => profile.frames.function[frame]);
        for (let length = 0; length <= path.length; length++) {
          const key = path.slice(0, length).join(' ');
          const node = expected.get(key) ?? { self: 0, total: 0 };
          node.total += weight;
          if (length === path.length) node.self += weight;
          expected.set(key, node);
        }
      }
      const tree = callTree(profile, stackWeights(profile, selection));
      const paths: string[] = [];
      const actual = new Map<string, { self: number; total: number }>();
      for (let node = 0; node < tree.length; node++) {
        assert.ok(tree.parent[node] < node, `a parent comes before its children, ${seed}`);
        const parent = tree.parent[node];
        paths[node] = node === 0 ? '' : [paths[parent], tree.function[node]].filter((part) => part !== '').join(' ');
        if (node > 0) assert.equal(profile.frames.function[tree.frame[node]], tree.function[node], seed);
        actual.set(paths[node], { self: tree.self[node], total: tree.total[node] });
      }
      assert.equal(actual.size, tree.length, `no path is two nodes, ${seed}`);
      assert.deepEqual(sorted(actual), sorted(expected), seed);
    });
  });

  it('counts a sample once for each distinct caller and callee of a function and of a line', () => {
    eachCase((profile, selection, samples, seed) => {
      const { frames } = profile;
      const weights = stackWeights(profile, selection);
      const focuses = [
        (frame: FrameIndex) => frames.function[frame] === 0,
        (frame: FrameIndex) => frames.function[frame] === 1 && frames.line[frame] === 3,
      ];
      for (const isFocus of focuses) {
        const found = neighbours(profile, weights, isFocus);
        const inFocus = naiveTotals(samples, (frame) => (isFocus(frame) ? 'focus' : undefined)).get('focus');
        assert.deepEqual({ self: found.self, total: found.total }, inFocus ?? { self: 0, total: 0 }, seed);
        const callers = new Map<number, number>();
        const callees = new Map<number, number>();
        for (const { frames: stack, weight } of samples) {
          const functions = stack.map((frame) => frames.function[frame]);
          const above = stack.flatMap((frame, at) => (isFocus(frame) ? [at === 0 ? NONE : functions[at - 1]] : []));
          const below = stack.flatMap((_, at) => (at > 0 && isFocus(stack[at - 1]) ? [functions[at]] : []));
          for (const caller of new Set(above)) callers.set(caller, (callers.get(caller) ?? 0) + weight);
          for (const callee of new Set(below)) callees.set(callee, (callees.get(callee) ?? 0) + weight);
        }
        for (const [actual, expected] of [[found.callers, callers] as const, [found.callees, callees] as const]) {
          const weighed = [...expected].filter(([, weight]) => weight !== 0);
          assert.deepEqual(
            sorted(new Map(actual.map((row) => [row.function, row.weight]))),
            sorted(new Map(weighed)),
            seed,
          );
          assert.deepEqual(
            actual.map(({ weight }) => weight),
            actual.map(({ weight }) => weight).sort((a, b) => b - a),
            seed,
          );
        }
      }
    });
  });

  it('without inlined frames is the same samples with those frames struck out', () => {
    eachCase((profile, selection, samples, seed) => {
      const plain = withoutInlines(profile);
      assert.deepEqual(invalidities(plain), [], seed);
      const expected = samples.map((sample) => sample.frames.filter((frame) => profile.frames.inlined[frame] === 0));
      assert.deepEqual(
        speltSamples(plain, selection).map(({ frames }) => frames),
        expected,
        seed,
      );
    });
  });
});

function eachCase(
  check: (profile: Profile, selection: Selection, samples: readonly SpeltSample[], seed: string) => void,
): void {
  for (const seed of SEEDS) {
    const profile = randomProfile(seed);
    for (const selection of SELECTIONS) {
      check(profile, selection, speltSamples(profile, selection), `seed ${seed}, value ${selection.value}`);
    }
  }
}

function sum(samples: readonly SpeltSample[]): number {
  return samples.reduce((total, { weight }) => total + weight, 0);
}

function defined(index: number): string | undefined {
  return index === NONE ? undefined : String(index);
}

function sorted<K, V>(map: ReadonlyMap<K, V>): [string, V][] {
  return [...map].map(([key, value]): [string, V] => [String(key), value]).sort(([a], [b]) => (a < b ? -1 : 1));
}
