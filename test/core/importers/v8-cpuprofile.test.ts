import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { selfByName } from '../../support/self-by-name.ts';

const imported = (file: unknown) =>
  importProfile(bytesInMemory(Buffer.from(typeof file === 'string' ? file : JSON.stringify(file))));
const node = (id: number, functionName: string, more: object = {}) => ({
  id,
  callFrame: { functionName, scriptId: '1', url: 'file:///home/a%20b/x.js', lineNumber: id, columnNumber: 3 },
  hitCount: 0,
  ...more,
});
const root = (children: number[]) => ({
  id: 1,
  callFrame: { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 },
  children,
});
const times = (deltas: number[], endTime = 1000) => ({ startTime: 0, endTime, timeDeltas: deltas });
const lines = ({ samples, stacks, frames }: Profile) =>
  Array.from(samples.stack, (stack) => (stack === NONE ? NONE : frames.line[stacks.frame[stack]]));

describe('a CPU profile of V8', () => {
  it('puts samples into order of time where deltas are negative, so that no length is', () => {
    const profile = imported({
      nodes: [root([2, 3]), node(2, 'a'), node(3, 'b')],
      samples: [2, 3, 2],
      ...times([100, 200, -150], 400),
    });
    assert.deepEqual([...profile.samples.time], [100_000, 150_000, 300_000]);
    assert.deepEqual([...profile.samples.weights[0]], [50_000, 150_000, 100_000]);
    assert.deepEqual(Object.fromEntries(selfByName(profile, 0)), { a: 200_000, b: 100_000 });
    assert.match(profile.quality.warnings.join(), /put in order of time: 1/);
  });

  it('gives samples to lines in turn: exactly, with some left over, and by their share', () => {
    const positionTicks = [
      { line: 10, ticks: 2 },
      { line: 20, ticks: 2 },
    ];
    const nodes = [root([2]), node(2, 'a', { positionTicks })];
    const linesOf = (count: number) =>
      lines(imported({ nodes, samples: Array.from({ length: count }, () => 2), ...times(Array(count).fill(1)) }));
    assert.deepEqual(linesOf(4), [10, 10, 20, 20]);
    assert.deepEqual(linesOf(6), [10, 10, 20, 20, 0, 0]);
    assert.deepEqual(linesOf(2), [10, 20]);
    assert.deepEqual(linesOf(1), [20]);
  });

  it('takes nodes in any order, with parents named instead of children, and ids of any size', () => {
    const profile = imported({
      nodes: [{ ...node(3, 'b'), id: 4e9, parent: 7e9 }, { ...node(2, 'a'), id: 7e9, parent: 1 }, root([])],
      samples: [4e9, 7e9],
      ...times([1, 1]),
    });
    const { samples, stacks } = profile;
    assert.equal(stacks.parent[samples.stack[0]], samples.stack[1]);
    assert.deepEqual(profile.quality.warnings, []);
  });

  it('says so where nodes go round in a circle or have two parents, and where a sample has no node', () => {
    const profile = imported({
      nodes: [root([4]), node(2, 'a', { children: [3] }), node(3, 'b', { children: [2, 4] }), node(4, 'c')],
      samples: [3, 99, 4],
      ...times([1, 1, 1]),
    });
    assert.equal(profile.samples.length, 3);
    assert.equal(profile.samples.stack[1], NONE);
    assert.match(profile.quality.warnings.join(' '), /aren't in the file.*: 1\..*contradictory: 2/);
  });

  it('says so where a child is not there, and where two nodes have one id', () => {
    for (const far of [0, 1e9]) {
      const nodes = [root([2, 99]), node(2, 'a', { children: [3 + far] }), node(3, 'b'), node(3, 'c')];
      const profile = imported({
        nodes: nodes.map((own) => (own.id === 3 ? { ...own, id: 3 + far } : own)),
        samples: [2, 3 + far],
        ...times([1, 1]),
      });
      assert.deepEqual(Object.fromEntries(selfByName(profile, 1)), { a: 1, c: 1 });
      assert.match(profile.quality.warnings.join(' '), /contradictory: 1\..*a later one has, .*: 1\./);
    }
  });

  it('reads file URLs as paths, and counts lines from 1', () => {
    const { functions, strings } = imported({
      nodes: [root([2]), node(2, 'a')],
      samples: [2],
      ...times([1]),
    });
    assert.equal(strings[functions.file[0]], '/home/a b/x.js');
    assert.equal(functions.startLine[0], 3);
  });

  it('tells functions of one name on one line apart', () => {
    const at = (id: number, columnNumber: number) => ({
      ...node(id, ''),
      callFrame: { ...node(5, '').callFrame, columnNumber },
    });
    const { functions, strings } = imported({
      nodes: [root([2, 3]), at(2, 10), at(3, 500)],
      samples: [2, 3],
      ...times([1, 1]),
    });
    assert.equal(functions.length, 2);
    assert.deepEqual(
      Array.from(functions.name, (name) => strings[name]),
      ['(anonymous)', '(anonymous)'],
    );
  });

  it('reads the tree of before 2016, whose places count from 1', () => {
    const legacy = (id: number, functionName: string, children: object[], more: object = {}) => ({
      functionName,
      url: 'x.js',
      lineNumber: id,
      children,
      hitCount: 0,
      id,
      ...more,
    });
    const positionTicks = [{ line: 7, ticks: 3 }];
    const profile = imported({
      head: legacy(1, '(root)', [
        legacy(2, 'a', [legacy(3, 'b', [], { hitCount: 3, positionTicks })], { hitCount: 2 }),
        legacy(4, 'c', [], { hitCount: 1 }),
      ]),
      startTime: 1.5,
      endTime: 2.5,
    });
    assert.deepEqual(Object.fromEntries(selfByName(profile, 0)), { a: 2, b: 3, c: 1 });
    assert.deepEqual([...profile.functions.startLine].sort(), [2, 3, 4]);
    assert.ok(lines(profile).includes(7));
    assert.equal(profile.origin.durationNs, 1e9);
  });

  it('reads a tree a million levels deep', () => {
    const depth = 1_000_000;
    const open = '{"functionName":"f","url":"","lineNumber":1,"hitCount":1,"children":[';
    const profile = imported(`{"head":${open.repeat(depth)}${']}'.repeat(depth)},"startTime":0,"endTime":1}`);
    assert.equal(profile.stacks.length, depth);
  });

  it('has times that are too large for nanoseconds as none, and says so', () => {
    const profile = imported({
      nodes: [root([2]), node(2, 'a')],
      samples: [2, 2, 2],
      ...times([0, 1.7e308, 10], 1e308),
    });
    assert.ok(profile.samples.weights.every((column) => column.every(Number.isFinite)));
    assert.match(profile.quality.warnings.join(' '), /no numbers.*: 1/);
  });

  it('keeps columns of different lengths and times that are no numbers apart from what is sound', () => {
    const profile = imported({
      nodes: [root([2]), node(2, 'a')],
      samples: [2, 2, 2],
      startTime: 0,
      endTime: 50,
      timeDeltas: [10, 'x'],
    });
    assert.equal(profile.samples.length, 3);
    assert.deepEqual([...profile.samples.weights[0]], [0, 40_000, 0]);
    assert.match(profile.quality.warnings.join(' '), /without a time: 1.*no numbers.*: 1/);
  });

  it('is refused with the place where it is cut or has no nodes', () => {
    const text = JSON.stringify({ nodes: [root([2]), node(2, 'a')], samples: [2], ...times([1]) });
    assert.throws(() => imported(text.slice(0, -1)), { name: MalformedInput.name, offset: text.length - 1 });
    assert.throws(
      () => imported({ nodes: [], startTime: 0, endTime: 1, samples: [1], timeDeltas: [1] }),
      MalformedInput,
    );
  });
});
