import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { sampleLines } from '../../support/sample-lines.ts';

const imported = (file: object | string) =>
  importProfile(bytesInMemory(Buffer.from(typeof file === 'string' ? file : JSON.stringify(file))));
const event = (ph: string, name: string, ts: number, more: object = {}) => ({ pid: 1, tid: 2, ph, name, ts, ...more });
const complete = (name: string, ts: number, dur: number, more: object = {}) => event('X', name, ts, { dur, ...more });
/** Samples in order of time, without files. */
const lines = (profile: Profile) =>
  [...sampleLines(profile).values()].map((own) => own.map((line) => line.replaceAll(/@:\d+/g, '')));

describe('a Chrome trace', () => {
  it('nests events by time, whatever order they come in', () => {
    const profile = imported([
      complete('inner', 2, 1),
      event('B', 'other', 6),
      event('E', 'other', 8),
      complete('outer', 0, 10),
    ]);
    assert.deepEqual(lines(profile), [
      ['outer 2000', 'outer;inner 1000', 'outer 3000', 'outer;other 2000', 'outer 2000'],
    ]);
    assert.deepEqual([...profile.samples.time], [0, 2000, 3000, 6000, 8000]);
    assert.deepEqual(profile.quality.warnings, []);
  });

  it('is known by its events where much that is about it comes first', () => {
    const about = { sources: Array.from({ length: 3000 }, (_, at) => ({ id: at, text: `function f${at}() {}` })) };
    const traceEvents = [complete('main', 0, 5)];
    for (const file of [
      { about, traceEvents },
      { about, more: about, short: 1, traceEvents },
    ]) {
      const text = JSON.stringify(file);
      for (const spelling of [text, `\ufeff${text}`, JSON.stringify(file, null, 2), text.replace(/,/g, ' , ')])
        assert.deepEqual(lines(imported(spelling)), [['main 5000']]);
    }
    const name = { name: 'UnrecognisedInput' };
    assert.throws(() => imported({ about, events: traceEvents }), name);
    assert.throws(() => imported(`${JSON.stringify({ about }).slice(0, -1)},"more":[1,2`), name);
    assert.throws(() => imported(JSON.stringify({ about }).slice(0, -20)), name);
  });

  it('cuts what ends after the event it started in, and says so', () => {
    const profile = imported([complete('first', 0, 10), complete('second', 5, 10)]);
    assert.deepEqual(lines(profile), [['first 5000', 'first;second 5000']]);
    assert.match(profile.quality.warnings.join(), /cut there: 1/);
  });

  it('keeps threads and processes apart, and takes their names from metadata anywhere', () => {
    const profile = imported([
      complete('a', 0, 1),
      complete('b', 0, 1, { tid: 3 }),
      complete('c', 0, 1, { pid: 7, tid: 140527200753344 }),
      event('M', 'thread_name', 0, { args: { name: 'worker' } }),
      event('M', 'process_name', 0, { args: { name: 'server' } }),
    ]);
    const { threads, strings } = profile;
    const rows = Array.from(threads.name, (name, row) => [threads.pid[row], threads.tid[row], strings[name]]);
    assert.deepEqual(rows, [
      [1, 2, 'worker'],
      [1, 3, 'server'],
      [7, -1, '140527200753344'],
    ]);
  });

  it('takes numbers and names of threads from py-spy’s outermost frames, not from such names elsewhere', () => {
    const begun = (tid: number, name: string, cat: string) => event('B', name, 0, { tid, cat });
    const { threads, strings } = imported([
      begun(139696659068608, 'thread (4498): w 1', 'py-spy'),
      begun(139696678370176, 'thread (4495)', 'py-spy'),
      begun(5, 'run', 'py-spy'),
      begun(5, 'thread (9): x', 'py-spy'),
      begun(6, 'thread (9): x', 'other'),
      ...[139696659068608, 139696678370176, 5, 6].map((tid) => event('E', '', 9, { tid })),
    ]);
    const rows = Array.from(threads.name, (name, row) => [threads.tid[row], strings[name]]);
    assert.deepEqual(rows, [
      [4498, 'w 1'],
      [4495, ''],
      [5, ''],
      [6, ''],
    ]);
  });

  it('matches an end with the innermost begin of its name', () => {
    const profile = imported([
      event('B', 'a', 0),
      event('B', 'b', 1),
      event('E', 'x', 2),
      event('E', 'a', 3),
      event('B', 'c', 4),
      event('E', '', 5),
      event('B', 'd', 6),
      complete('e', 7, 2),
    ]);
    assert.deepEqual(lines(profile), [['a 1000', 'a;b 2000', 'c 1000', 'd 1000', 'd;e 2000']]);
    assert.match(
      profile.quality.warnings.join(' '),
      /Ends without a begin.*: 1.*end with what they are in: 1.*last event: 1/,
    );
  });

  it('lets what never ends last to the last event of its thread, be that an instant, a counter or asynchronous', () => {
    for (const ph of ['i', 'I', 'C', 'b', 'n', 's']) {
      const profile = imported([
        event('B', 'a', 0),
        event('B', 'b', 10),
        event('E', 'b', 20),
        event(ph, 'x', 50, { id: 1 }),
        event(ph, 'x', 90, { id: 1, tid: 3 }),
        event(ph, 'x', 1e308, { id: 1 }),
      ]);
      assert.deepEqual(lines(profile), [['a 10000', 'a;b 10000', 'a 30000']], ph);
    }
  });

  it('lets the event that was begun first hold another of the same time, and takes an end before its begin for no time', () => {
    const profile = imported([
      event('B', 'a', 0),
      event('B', 'b', 0),
      event('E', 'c', 1),
      event('B', 'c', 1),
      event('E', 'b', 5),
      event('E', 'a', 5),
    ]);
    assert.deepEqual(lines(profile), [['a;b 5000']]);
    assert.deepEqual(profile.quality.warnings, ['Events that take no time, left out: 1.']);
  });

  it('is read as far as it goes when its list is left open, or cut in the middle of an event', () => {
    const text = JSON.stringify([complete('a', 0, 1), complete('b', 2, 1)]);
    const whole = imported(text);
    for (const open of [text.slice(0, -1), `${text.slice(0, -1)},\n`, `{"traceEvents":${text.slice(0, -1)}`]) {
      const profile = imported(open);
      assert.deepEqual(lines(profile), lines(whole));
      assert.match(profile.quality.warnings.join(), /left open/);
    }
    const cut = imported(text.slice(0, -5));
    assert.deepEqual(lines(cut), [['a 1000']]);
    assert.match(cut.quality.warnings.join(), /middle of an event/);
    assert.throws(() => imported(text.slice(0, 40)), MalformedInput);
    assert.throws(() => imported(`${text.slice(0, 27)}?${text.slice(27)}`), MalformedInput);
  });

  it('takes lines and files from the arguments of those that write them', () => {
    const profile = imported([
      complete('a', 0, 1, { args: { filename: '/x/a.py', line: 12 } }),
      complete('b', 2, 1, { args: { line: 12 } }),
    ]);
    const { frames, functions, strings } = profile;
    assert.deepEqual([...frames.line], [12, 0]);
    assert.deepEqual(
      Array.from(functions.file, (file) => strings[file]),
      ['/x/a.py', ''],
    );
  });

  it('starts with a CPU profile that starts at 0', () => {
    const profile = imported([
      event('P', 'Profile', 0, { id: '0x1', args: { data: { startTime: 0 } } }),
      event('P', 'ProfileChunk', 0, {
        id: '0x1',
        args: {
          data: {
            cpuProfile: { nodes: [{ id: 1, callFrame: { functionName: 'a' } }], samples: [1, 1] },
            timeDeltas: [5, 5],
          },
        },
      }),
      complete('work', 90, 50),
    ]);
    assert.deepEqual(
      [...profile.samples.time].sort((one, other) => one - other),
      [5000, 10_000, 90_000],
    );
    assert.equal(profile.origin.startTimeNs, 0);
    assert.equal(profile.origin.durationNs, 140_000);
  });

  it('takes lines that are no whole numbers for whole ones, so that equal frames stay one', () => {
    const frames = imported({
      traceEvents: [],
      samples: [1, 2].map((sf) => ({ pid: 1, tid: 2, ts: sf, sf })),
      stackFrames: Object.fromEntries([1, 2].map((id) => [id, { name: 'a', url: 'a.js', line: 3.5, column: 7.25 }])),
    }).frames;
    assert.deepEqual([...frames.line], [3]);
    assert.deepEqual([...frames.column], [7]);
  });

  it('says so where samples or their frames lack something', () => {
    const { samples, quality } = imported({
      traceEvents: [],
      samples: [
        { tid: 1, ts: 0, sf: 2 },
        { tid: 1, ts: 1, sf: 9 },
        { tid: 1, sf: 2 },
        { tid: 1, ts: 2 },
        { tid: 1, ts: 3, sf: 4 },
      ],
      stackFrames: {
        1: { name: 'lost', parent: 77 },
        2: { name: 'a' },
        3: { name: 'b', parent: 4 },
        4: { name: 'c', parent: 3 },
      },
    });
    assert.equal(samples.length, 4);
    assert.deepEqual(quality.warnings, [
      'Samples without a time, left out: 1.',
      "Samples whose stack frame isn't in the file, shown without a stack: 1.",
      "Stack frames whose caller isn't in the file, or that call themselves: 2.",
    ]);
  });

  it('says so where the caller of a node of a CPU profile is not there, as where the first of its parts were lost', () => {
    const nodes = [{ id: 5, callFrame: { functionName: 'a', url: 'a.js', lineNumber: 1, columnNumber: 1 }, parent: 1 }];
    const data = { cpuProfile: { nodes, samples: [5, 5] }, timeDeltas: [5, 5] };
    const { quality } = imported([event('P', 'ProfileChunk', 0, { id: '0x1', args: { data } })]);
    assert.match(quality.warnings.join(), /place in the tree is contradictory: 1\./);
  });

  it('takes lines of samples that are no whole numbers for whole ones, too', () => {
    const nodes = [
      { id: 1, callFrame: { functionName: '(root)' } },
      { id: 2, callFrame: { functionName: 'a', url: 'a.js', lineNumber: 1, columnNumber: 1 }, parent: 1 },
    ];
    const data = { cpuProfile: { nodes, samples: [2, 2] }, lines: [3.5, 3.5], timeDeltas: [5, 5] };
    const { samples } = imported([event('P', 'ProfileChunk', 0, { id: '0x1', args: { data } })]);
    assert.equal(samples.stack[0], samples.stack[1]);
  });

  it('shows its CPU profile first, with the line of each sample, a thread’s only once', () => {
    const place = (functionName: string) => ({ functionName, url: 'x.js', lineNumber: 1, columnNumber: 1 });
    const chunk = (id: string, samples: number[], more: object = {}) =>
      event('P', 'ProfileChunk', 0, {
        id,
        tid: 9,
        args: {
          data: {
            cpuProfile: { samples, ...more },
            lines: samples.map((sample) => sample * 10),
            timeDeltas: samples.map(() => 5),
          },
        },
      });
    const nodes = [
      { id: 1, callFrame: { functionName: '(root)' } },
      { id: 2, callFrame: place('a'), parent: 1 },
    ];
    const profile = imported([
      event('P', 'Profile', 100, { id: '0x1', args: { data: { startTime: 100 } } }),
      event('P', 'Profile', 100, { id: '0x2', args: { data: { startTime: 101 } } }),
      chunk('0x1', [2, 2], { nodes }),
      chunk('0x1', [3], { nodes: [{ id: 3, callFrame: place('b'), parent: 2 }] }),
      chunk('0x2', [2], { nodes }),
      complete('work', 90, 50),
    ]);
    const { values, samples, stacks, frames, threads, defaultValue } = profile;
    assert.equal(values[defaultValue].type, 'sampled wall');
    const sampled = Array.from(samples.stack.keys()).filter((sample) => samples.weights[1][sample] > 0);
    assert.deepEqual(
      sampled.map((sample) => frames.line[stacks.frame[samples.stack[sample]]]),
      [20, 20, 30],
    );
    assert.deepEqual(
      sampled.map((sample) => samples.time[sample]),
      [15_000, 20_000, 25_000],
    );
    assert.deepEqual(new Set(sampled.map((sample) => threads.tid[samples.thread[sample]])), new Set([2]));
    assert.match(profile.quality.warnings.join(), /left out: 1/);
  });

  it('has room for samples only in profiles that have some', { timeout: 60_000 }, (context) => {
    let numbers = 0;
    class Counted extends Float64Array {
      constructor(length: number) {
        super(length);
        numbers += this.length;
      }
    }
    context.mock.property(globalThis, 'Float64Array', Counted as unknown as Float64ArrayConstructor);
    const count = 130_000;
    const profile = imported(
      Array.from({ length: count }, (_, id) =>
        event('P', 'Profile', 100, { id, args: { data: { startTime: 100 + id } } }),
      ),
    );
    assert.equal(profile.origin.startTimeNs, 100_000);
    assert.ok(numbers < 16 * count, `${numbers} numbers`);
  });

  it('has times too large for nanoseconds as missing, and says so', () => {
    const profile = imported([complete('a', 1e300, 1e308), complete('b', 1.7e308, 1.7e308), complete('c', 1, 2)]);
    assert.deepEqual(lines(profile), [['c 2000']]);
    assert.match(profile.quality.warnings.join(), /without a time, left out: 2/);
  });
});
