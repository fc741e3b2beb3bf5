import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operation } from '../../../../src/core/profile/operations/operation.ts';
import { NONE, type Profile } from '../../../../src/core/profile/profile.ts';
import { type FlameTree, flameGraph } from '../../../../src/core/profile/queries/flame-graph.ts';
import { ask } from '../../../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../../../src/core/profile/queries/query-model.ts';
import { drawnProfile } from '../../../support/drawn-profile.ts';
import { withFunctions } from '../../../support/go-top.ts';
import { naiveTotals, type SpeltSample, speltSamples } from '../../../support/naive-totals.ts';
import { randomProfile } from '../../../support/random-profile.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];

describe('a sandwich', () => {
  it('has the callers of the outermost call, nearest first, and everything below it', () => {
    for (const seed of SEEDS) {
      const profile = withFunctions(randomProfile(seed, 200));
      const model = new QueryModel(profile);
      for (const value of [0, 1]) {
        const view = { ...model.defaultView, value, threads: seed % 2 === 0 ? [0, 1] : null };
        const samples = speltSamples(profile, { value, threads: view.threads ? new Set(view.threads) : undefined });
        for (let func = 0; func < profile.functions.length; func++) {
          const within = samples.flatMap((sample) => {
            const names = namesOf(profile, sample);
            const at = names.indexOf(nameOf(profile, func));
            return at < 0
              ? []
              : [{ up: names.slice(0, at).reverse(), down: names.slice(at + 1), weight: sample.weight }];
          });
          const { callers, callees, total, whole } = ask(model, 'sandwich', { view, function: func });
          assert.deepEqual(paths(callers), sums(within.map(({ up, weight }) => [up, weight])));
          assert.deepEqual(paths(callees), sums(within.map(({ down, weight }) => [down, weight])));
          assert.equal(
            total,
            within.reduce((sum, { weight }) => sum + weight, 0),
          );
          assert.deepEqual([callers.total[0], callees.total[0]], [total, total]);
          assert.equal(whole, model.viewed(view).weights.total);
        }
      }
    }
  });

  it('is in halves what the operations show-to and show-from leave, the upper one turned round', () => {
    for (const seed of SEEDS) {
      const model = new QueryModel(withoutInlines(withFunctions(randomProfile(seed, 200))));
      const { profile, defaultView: view } = model;
      const all = Array.from({ length: profile.functions.length }, (_, func) => func);
      for (const name of new Set(all.map((func) => nameOf(profile, func)))) {
        const pattern = `^${name}$`;
        const functions = all.filter((func) => nameOf(profile, func) === name);
        const { callers, callees } = ask(model, 'sandwich', { view, function: functions });
        const half = (operations: readonly Operation[]) => paths(flameGraph(model, { view: { ...view, operations } }));
        // Here the function is the first below the root, there it is the root.
        const below = (tree: FlameTree) =>
          Object.fromEntries(Object.entries(paths(tree)).map(([path, weight]) => [`${name} ${path}`.trim(), weight]));
        assert.deepEqual(half([{ op: 'show-to', pattern }, { op: 'invert' }]), below(callers), name);
        assert.deepEqual(half([{ op: 'show-from', pattern }]), below(callees), name);
      }
    }
  });

  it('of several functions taken as one counts a sample once, and of nothing is empty', () => {
    const model = new QueryModel(
      drawnProfile(`
      main  main  main
      a     b     c
      b     a     .
    `),
    );
    const functions = ['a', 'b'].map((name) => indexOf(model.profile, name));
    const { total, callers, callees } = ask(model, 'sandwich', { view: model.defaultView, function: functions });
    assert.equal(total, 2);
    assert.deepEqual(paths(callers), { main: 2 });
    assert.deepEqual(paths(callees), { a: 1, b: 1 });
    const none = ask(model, 'sandwich', { view: model.defaultView, function: [] });
    assert.deepEqual([none.total, paths(none.callers), paths(none.callees)], [0, {}, {}]);
  });

  it('follows what is done to the profile', () => {
    const model = new QueryModel(
      drawnProfile(`
      main  main
      a     a
      b     c
    `),
    );
    const view = { ...model.defaultView, operations: [{ op: 'focus', pattern: '^c$' } as const] };
    assert.deepEqual(paths(ask(model, 'sandwich', { view, function: indexOf(model.profile, 'a') }).callees), { c: 1 });
  });
});

describe('an inverted flame graph', () => {
  it('begins with what ran, by its self, and shows who called it', () => {
    for (const seed of SEEDS) {
      const profile = withFunctions(randomProfile(seed, 200));
      const model = new QueryModel(profile);
      const view = model.defaultView;
      const tree = flameGraph(model, { view, inverted: true });
      const samples = speltSamples(profile, { value: 0 });
      assert.deepEqual(paths(tree), sums(samples.map((sample) => [namesOf(profile, sample).reverse(), sample.weight])));
      assert.equal(tree.total[0], model.viewed(view).weights.total);
      const selves = naiveTotals(samples, (frame) => profile.frames.function[frame]);
      for (let node = 1; node < tree.parent.length; node++) {
        if (tree.parent[node] !== 0) continue;
        assert.equal(tree.total[node], selves.get(tree.functions.index[tree.function[node]])!.self);
      }
      assert.equal(tree.cutDepth, undefined);
      const operations = [{ op: 'invert' } as const];
      assert.deepEqual(paths(flameGraph(model, { view: { ...view, operations } })), paths(tree));
    }
  });
});

/** Where nothing is inlined, a name is all that a pattern finds. */
function withoutInlines(profile: Profile): Profile {
  return { ...profile, frames: { ...profile.frames, inlined: new Uint8Array(profile.frames.length) } };
}

function indexOf(profile: Profile, name: string): number {
  return Array.from({ length: profile.functions.length }, (_, func) => func).find(
    (func) => nameOf(profile, func) === name,
  )!;
}

function nameOf({ functions, strings }: Profile, func: number): string {
  return func === NONE ? '?' : strings[functions.name[func]];
}

function namesOf(profile: Profile, { frames }: SpeltSample): string[] {
  return frames.map((frame) => nameOf(profile, profile.frames.function[frame]));
}

function sums(weighed: readonly (readonly [readonly string[], number])[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [path, weight] of weighed) found[path.join(' ')] = (found[path.join(' ')] ?? 0) + weight;
  return nonZero(found);
}

/** Self of every path below the root. */
function paths(tree: FlameTree): Record<string, number> {
  const names: string[] = [''];
  const found: Record<string, number> = { '': tree.self[0] };
  for (let node = 1; node < tree.parent.length; node++) {
    const name = tree.function[node] === NONE ? '?' : tree.functions.name[tree.function[node]];
    const parent = tree.parent[node];
    names[node] = parent === 0 ? name : `${names[parent]} ${name}`;
    found[names[node]] = (found[names[node]] ?? 0) + tree.self[node];
  }
  return nonZero(found);
}

function nonZero(found: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(found).filter(([, weight]) => weight !== 0));
}
