import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { selfByName } from '../../support/self-by-name.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
const imported = (file: object) => importProfile(bytesInMemory(Buffer.from(JSON.stringify(file))));
const sum = (weights: ArrayLike<number>) => Array.from(weights).reduce((a, b) => a + b, 0);

interface Tree {
  readonly time: number;
  readonly children: readonly Tree[];
}

describe('pyinstrument', () => {
  for (const { file, path, facts } of corpusFiles('pyinstrument')) {
    it(`${file} has its duration, and the time of every frame`, { skip: corpusMissing }, () => {
      const bytes = readFileSync(path);
      assert.equal(importerFor(bytesInMemory(bytes))?.format, 'pyinstrument');
      const profile = importProfile(bytesInMemory(bytes));
      assert.ok(Math.abs(profile.origin.durationNs - Number(facts['duration']) * 1e9) < 1);
      // Times of frames are rounded to microseconds: where children have more than their parent, theirs count.
      let own = 0;
      let count = 0;
      const open: Tree[] = [JSON.parse(bytes.toString()).frame_tree];
      for (let tree = open.pop(); tree; tree = open.pop()) {
        count++;
        const inChildren = tree.children.reduce((total, { time }) => total + Math.round(time * 1e6), 0);
        own += Math.max(0, Math.round(tree.time * 1e6) - inChildren);
        open.push(...tree.children);
      }
      assert.equal(count, facts['frames']);
      assert.equal(Math.round(sum(profile.samples.weights[0]) / 1000), own);
      const root = (facts['root'] as { time: number }).time * 1e6;
      assert.ok(Math.abs(own - root) <= count, `${own} of ${root}`);
    });
  }

  it('says so where calls take longer than what calls them, beyond what fractions differ by', () => {
    const node = (name: string, time: number, children: readonly object[] = []) => {
      return { identifier: `${name}\0f.py\x001`, time, children };
    };
    const tree = (...times: readonly number[]) =>
      imported({
        target_description: 'x',
        frame_tree: node(
          'a',
          1,
          times.map((time, at) => node(`b${at}`, time)),
        ),
      });
    assert.deepEqual(tree(0.1, 0.2, 0.7 + 1e-8).quality.warnings, []);
    const { quality, samples } = tree(0.5, 0.75);
    assert.match(quality.warnings.join(), /^Frames whose calls take longer than they do themselves, .*: 1\.$/);
    assert.equal(
      samples.weights[0].reduce((sum, weight) => sum + weight),
      1.25e9,
    );
  });

  it('has times that are too large for nanoseconds as nothing, and says so', () => {
    const stack = ['a\0f.py\x001\x01l3'];
    const session = imported({
      target_description: 'x',
      frame_records: [
        [stack, 1],
        [stack, 1e300],
        [stack, 2],
      ],
    });
    assert.deepEqual([...session.samples.weights[0]], [1e9, 0, 2e9]);
    assert.deepEqual([...session.samples.time], [0, 1e9, 1e9]);
    const tree = imported({ target_description: 'x', frame_tree: { identifier: stack[0], time: 1e300, children: [] } });
    assert.deepEqual([...tree.samples.weights[0]], [0]);
    for (const { quality } of [session, tree])
      assert.match(quality.warnings.join(), /too large for nanoseconds, taken for 0: 1/);
  });

  it('has each sample of a session, with its line and when it was', () => {
    const profile = importProfile(bytesInMemory(fixture('pyinstrument/planted.pyisession')));
    const { frame_records: records } = JSON.parse(fixture('pyinstrument/planted.pyisession').toString()) as {
      frame_records: [string[], number][];
    };
    const { samples, stacks, frames, threads, strings } = profile;
    assert.equal(samples.length, records.length);
    let seconds = 0;
    for (const [index, [stack, time]] of records.entries()) {
      assert.ok(Math.abs(samples.weights[0][index] - time * 1e9) < 0.01);
      assert.ok(Math.abs(samples.time[index] - seconds * 1e9) < 0.01);
      seconds += time;
      const line =
        stack[stack.length - 1]
          .split('\x01')
          .find((part) => /^l\d+$/.test(part))
          ?.slice(1) ?? '0';
      assert.equal(frames.line[stacks.frame[samples.stack[index]]], Number(line));
    }
    assert.deepEqual(
      Array.from(threads.name, (name) => strings[name]),
      ['MainThread'],
    );
  });

  it('gives the time of a frame that calls nothing to its lines, and that of one that does to none of several', () => {
    const leaf = { identifier: 'leaf\0a.py\x005', time: 3, attributes: { l6: 1, l7: 2 }, children: [] };
    const profile = imported({
      session: { target_description: 'x', duration: 6 },
      frame_tree: { identifier: 'root\0a.py\x001', time: 6, attributes: { l2: 3, l3: 3, cThing: 6 }, children: [leaf] },
    });
    const { samples, stacks, frames } = profile;
    const rows = Array.from(samples.stack, (stack, sample) => [
      frames.line[stacks.frame[stack]],
      samples.weights[0][sample],
    ]);
    assert.deepEqual(rows, [
      [6, 1e9],
      [7, 2e9],
      [0, 3e9],
    ]);
    assert.deepEqual([...selfByName(profile, 0).keys()], ['leaf', 'Thing.root']);
  });

  it('reads a tree a hundred thousand levels deep', () => {
    const depth = 100_000;
    const open = '{"function":"f","file_path_short":"a.py","file_path":"a.py","line_no":1,"time":1,"children":[';
    const text = `{"target_description":"x","root_frame":${open.repeat(depth)}${']}'.repeat(depth)}}`;
    const profile = importProfile(bytesInMemory(Buffer.from(text)));
    assert.equal(profile.stacks.length, depth);
  });
});

describe('Scalene', () => {
  for (const path of [...corpusFiles('scalene').map(({ path }) => path), 'scalene/cpu.json', 'scalene/memory.json']) {
    it(`${path.replace(/^.*corpus\//, '')} has the time of every line, in Python, in native code and in the system`, () => {
      const bytes = path.startsWith('/') ? readFileSync(path) : fixture(path);
      assert.equal(importerFor(bytesInMemory(bytes))?.format, 'scalene');
      const profile = importProfile(bytesInMemory(bytes));
      const { elapsed_time_sec: elapsed, files } = JSON.parse(bytes.toString());
      const { samples, stacks, frames, functions, strings } = profile;
      const found = new Map<string, number[]>();
      for (let sample = 0; sample < samples.length; sample++) {
        const frame = stacks.frame[samples.stack[sample]];
        const key = `${strings[functions.file[frames.function[frame]]]}:${frames.line[frame]}`;
        found.set(
          key,
          samples.weights.map((column) => column[sample]),
        );
      }
      let lines = 0;
      for (const [file, entry] of Object.entries(files)) {
        for (const row of (entry as { lines: Record<string, number>[] }).lines) {
          const shares = [row['n_cpu_percent_python'], row['n_cpu_percent_c'], row['n_sys_percent']];
          if (sum(shares) === 0) continue;
          lines++;
          const [cpu, ...parts] = found.get(`${file}:${row['lineno']}`)!;
          for (const [part, share] of shares.entries()) {
            assert.ok(Math.abs(parts[part] - (share / 100) * elapsed * 1e9) < 1e-3, `${file}:${row['lineno']}`);
          }
          assert.ok(Math.abs(cpu - sum(parts.slice(0, 3))) < 1e-3);
        }
      }
      assert.ok(lines > 0);
    });
  }

  it('says of stacks that they are not in it, or that they are not read', () => {
    const lines = [{ lineno: 1, n_cpu_percent_python: 50, n_cpu_percent_c: 0, n_sys_percent: 0 }];
    const file = { alloc_samples: 0, args: ['a.py'], elapsed_time_sec: 2, files: { 'a.py': { lines } } };
    const [without] = imported({ ...file, stacks: [], combined_stacks: [] }).origin.mayMislead;
    assert.match(without, /^There are no stacks in it: each line has its own cost/);
    for (const stacks of [{ stacks: [[['a.py f:1;'], { count: 1 }]] }, { combined_stacks: [[[{ line: 1 }], 3]] }])
      assert.match(imported({ ...file, ...stacks }).origin.mayMislead[0], /^Its stacks are not read: each line/);
  });
});
