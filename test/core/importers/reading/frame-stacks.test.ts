import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frameStacks } from '../../../../src/core/importers/reading/frame-stacks.ts';
import { LocationTree } from '../../../../src/core/kernels/pprof-samples.ts';
import { NONE } from '../../../../src/core/profile/profile.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

/** Frames of each place, innermost first. */
type Places = readonly (readonly number[])[];

describe('stacks of frames, of a tree of places', () => {
  const SHAPES: Readonly<Record<string, Places>> = {
    'each place has a frame of its own': Array.from({ length: 12 }, (_, place) => [place]),
    'some places have several frames': Array.from({ length: 12 }, (_, place) =>
      Array.from({ length: 1 + (place % 3) }, (_, at) => place * 3 + at),
    ),
    'some places share a frame': Array.from({ length: 12 }, (_, place) => [place % 9]),
    'some places share one of their frames': [[0, 1], [1], [0], [2], [2, 3], [3], [4], [5], [6]],
    'some places have no frame': [[0], [], [1], [2], [], [3], [4, 5]],
  };
  for (const [shape, places] of Object.entries(SHAPES)) {
    it(`have the frames of their places, each stack once, and what is called behind its caller: ${shape}`, () => {
      for (let seed = 1; seed <= 20; seed++) check(places, randomTree(places.length, seed));
    });
  }

  it('are none of no tree', () => {
    const { stacks, ofNode } = frameStacks(randomTree(1, 1, 0).kernel, Int32Array.of(0), new Int32Array(0));
    assert.equal(stacks.length + ofNode.length, 0);
  });
});

function check(places: Places, tree: LocationTree): void {
  const first = Int32Array.from([0, ...places.map((_, at) => places.slice(0, at + 1).flat().length)]);
  const { caller, key } = tree.nodes();
  // Keys are places; and are so where it is said, too, which numbers them the other way round.
  const reversed = key.map((place) => places.length - 1 - place);
  const firstReversed = Int32Array.from([
    0,
    ...places.map((_, at) => places.slice(places.length - 1 - at).flat().length),
  ]);
  const framesReversed = Int32Array.from(places.toReversed().flat());
  const given = frameStacks(tree.kernel, firstReversed, framesReversed, reversed);
  const { stacks, ofNode } = frameStacks(tree.kernel, first, Int32Array.from(places.flat()));
  assert.deepEqual(given, { stacks, ofNode });
  const pathOf = (stack: number): number[] =>
    stack === NONE ? [] : [...pathOf(stacks.parent[stack]), stacks.frame[stack]];
  const framesOf = (node: number): number[] =>
    node === NONE ? [] : [...framesOf(caller[node]), ...places[key[node]].toReversed()];
  const paths = new Set<string>();
  for (const [node, stack] of ofNode.entries()) {
    assert.deepEqual(pathOf(stack), framesOf(node));
    for (let end = 1; end <= framesOf(node).length; end++) paths.add(framesOf(node).slice(0, end).join());
  }
  assert.equal(stacks.length, paths.size, 'each stack once');
  assert.equal(stacks.parent.length + stacks.frame.length, stacks.length * 2);
  assert.ok(stacks.parent.every((parent, stack) => parent < stack));
  const isLookedUp = places.some(
    (own) => own.length === 0 || (own.length > 1 && own.some((frame) => isElsewhere(places, own, frame))),
  );
  if (isLookedUp) return;
  const depth = Array.from({ length: stacks.length }, (_, stack) => pathOf(stack).length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const before = stack === 0 ? 0 : depth[stack - 1];
    assert.ok(depth[stack] <= before + 1, 'depth first');
    if (depth[stack] > 1) {
      let up = stack - 1;
      while (depth[up] !== depth[stack] - 1) up--;
      assert.equal(stacks.parent[stack], up);
    }
  }
}

function isElsewhere(places: Places, own: readonly number[], frame: number): boolean {
  return places.some((other) => other !== own && other.includes(frame));
}

function randomTree(places: number, seed: number, stacks = 150): LocationTree {
  const random = seededRandom(seed);
  const tree = new LocationTree(0, assert.fail);
  let path: number[] = [];
  for (let time = 0; time < stacks; time++) {
    path = path.slice(Math.floor(random() * (path.length + 2)));
    for (let more = random() * 4; more > 0; more--) path.unshift(Math.floor(random() * places));
    tree.nodeOf(Int32Array.from(path), 0, path.length);
  }
  return tree;
}
