import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { FRAME_KINDS } from '../../../src/core/profile/profile.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { sampleLines } from '../../support/sample-lines.ts';
import { selfByName } from '../../support/self-by-name.ts';

const imported = (file: object) => importProfile(bytesInMemory(Buffer.from(JSON.stringify(file))));

const STRINGS = ['main', 'run', '/src/a.c', '0x1234', 'libx.so', 'inner'];
const TABLES = {
  stackTable: { length: 4, prefix: [null, 0, 1, 0], frame: [0, 1, 2, 3] },
  frameTable: {
    length: 4,
    address: [16, 32, 32, 4660],
    inlineDepth: [0, 0, 1, 0],
    category: [0, 0, 1, 1],
    func: [0, 1, 3, 2],
    nativeSymbol: [null, null, null, null],
    line: [5, 7, 9, null],
    column: [1, null, null, null],
  },
  funcTable: {
    length: 4,
    isJS: [false, false, false, false],
    name: [0, 1, 3, 5],
    resource: [0, 0, 0, -1],
    fileName: [2, 2, null, 2],
    lineNumber: [1, 2, null, null],
  },
  resourceTable: { length: 1, lib: [0], name: [4], type: [1] },
  nativeSymbols: { length: 0, libIndex: [], address: [], name: [] },
};
const SAMPLES = {
  length: 3,
  stack: [2, 3, null],
  timeDeltas: [1, 2, 0.5],
  weight: null,
  weightType: 'samples',
  threadCPUDelta: [null, 10, 20],
};
const META = {
  preprocessedProfileVersion: 50,
  version: 29,
  interval: 2,
  startTime: 1_600_000_000_000,
  product: 'samply',
  categories: [{ name: 'Other' }, { name: 'Kernel' }],
  sampleUnits: { time: 'ms', eventDelay: 'ms', threadCPUDelta: 'µs' },
};
const LIBS = [
  { name: 'libx.so', path: '/usr/lib/libx.so', codeId: 'ABCDEF0123456789', debugName: 'libx.so', breakpadId: 'X' },
];
const thread = (more: object) => ({ name: 'main', pid: '12', tid: 13, samples: SAMPLES, ...more });
const ownTables = { meta: META, libs: LIBS, threads: [thread({ ...TABLES, stringArray: STRINGS })] };

describe('a processed profile of the Firefox Profiler', () => {
  const profile = imported(ownTables);

  it('has its samples with times, CPU time and categories', () => {
    const { samples, values, threads, strings, labelSets, origin } = profile;
    assert.deepEqual(values, [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ]);
    assert.deepEqual([...samples.time], [1e6, 3e6, 3.5e6]);
    assert.deepEqual([...samples.weights[1]], [0, 10_000, 20_000]);
    assert.deepEqual([threads.pid[0], threads.tid[0], strings[threads.name[0]]], [12, 13, 'main']);
    assert.deepEqual([...samples.labels], [0, 0, -1]);
    assert.equal(strings[labelSets.text[0]], 'Kernel');
    assert.equal(origin.wallStartMs, META.startTime);
    assert.deepEqual(origin.period, { type: 'wall', unit: 'nanoseconds', amount: 2e6 });
  });

  it('has lines, inlined frames, modules with build ids, and frames without a symbol that can be named later', () => {
    const { stacks, frames, functions, modules, strings, samples } = profile;
    const [inlined, , unnamed] = [samples.stack[0], 0, samples.stack[1]].map((stack) => stacks.frame[stack]);
    assert.deepEqual([frames.inlined[inlined], frames.line[inlined], frames.address[inlined]], [1, 9, 32n]);
    assert.equal(strings[functions.name[frames.function[inlined]]], 'inner');
    assert.deepEqual([frames.function[unnamed], frames.address[unnamed]], [-1, 0x1234n]);
    assert.equal(strings[modules.path[frames.module[unnamed]]], '/usr/lib/libx.so');
    assert.equal(strings[modules.buildId[frames.module[unnamed]]], 'abcdef0123456789');
    const outer = stacks.frame[stacks.parent[stacks.parent[samples.stack[0]]]];
    assert.deepEqual(
      [frames.line[outer], frames.column[outer], functions.startLine[frames.function[outer]]],
      [5, 1, 1],
    );
  });

  it('is the same when its tables are shared by all threads, whatever comes first', () => {
    const shared = imported({
      threads: [thread({})],
      shared: { ...TABLES, stringArray: STRINGS },
      libs: LIBS,
      meta: META,
    });
    assert.deepEqual(shared, profile);
  });

  it('takes the weights it is given, in milliseconds and bytes, and allocations', () => {
    const weighed = (samples: object) =>
      imported({ ...ownTables, threads: [thread({ ...TABLES, stringArray: STRINGS, samples })] });
    const traced = weighed({ length: 2, stack: [0, 1], time: [5, 6], weight: [1.5, 2], weightType: 'tracing-ms' });
    assert.deepEqual(traced.values, [{ type: 'time', unit: 'nanoseconds' }]);
    assert.deepEqual([...traced.samples.weights[0]], [1.5e6, 2e6]);
    assert.deepEqual(traced.quality.warnings, []);
    const bytes = weighed({ length: 1, stack: [0], time: [5], weight: [100], weightType: 'bytes' });
    assert.deepEqual(bytes.values, [{ type: 'space', unit: 'bytes' }]);
    const nativeAllocations = { length: 2, time: [1, 2], weight: [64, -64], weightType: 'bytes', stack: [0, 0] };
    const heap = imported({ ...ownTables, threads: [thread({ ...TABLES, stringArray: STRINGS, nativeAllocations })] });
    assert.deepEqual([...heap.samples.weights[2]], [0, 0, 0, 64, -64]);
  });

  it('says so where samples have no weight, and others do', () => {
    const samples = { length: 4, stack: [0, 1, 0, 1], time: [1, 2, 3, 4], weight: [5, null, 7], weightType: 'samples' };
    const short = imported({ ...ownTables, threads: [thread({ ...TABLES, stringArray: STRINGS, samples })] });
    assert.deepEqual([...short.samples.weights[0]], [5, 0, 7, 0]);
    assert.deepEqual(short.quality.warnings, ['Samples without a weight: 2.']);
  });

  it('says so where frames have functions and names that are not there', () => {
    const { frameTable, funcTable } = TABLES;
    const read = (tables: object) =>
      imported({ ...ownTables, threads: [thread({ ...TABLES, stringArray: STRINGS, ...tables })] }).quality.warnings;
    assert.deepEqual(read({}), []);
    const first = [99, ...frameTable.func.slice(1)];
    const missing = ["Functions and texts of frames that aren't in the file: 1."];
    assert.deepEqual(read({ frameTable: { ...frameTable, func: first } }), missing);
    assert.deepEqual(read({ frameTable: { ...frameTable, func: [0.5, ...frameTable.func.slice(1)] } }), missing);
    assert.deepEqual(read({ funcTable: { ...funcTable, name: [99, ...funcTable.name.slice(1)] } }), missing);
  });

  it('says so where stacks go round in a circle or are not there', () => {
    const broken = imported({
      ...ownTables,
      threads: [
        thread({
          ...TABLES,
          stringArray: STRINGS,
          stackTable: { length: 3, prefix: [1, 0, 99], frame: [0, 1, 55] },
          samples: { length: 3, stack: [0, 77, 2], time: [1, 2, 3] },
        }),
      ],
    });
    assert.equal(broken.samples.length, 3);
    assert.match(broken.quality.warnings.join(' '), /circle: 3.*without: 1/);
  });

  it('is refused without threads', () => {
    assert.throws(() => imported({ meta: META, libs: [], threads: [] }), MalformedInput);
  });
});

describe('a profile that samply made of a perf.data', () => {
  /** Stacks in order of time; names of modules and addresses in them. */
  const stacksIn = (name: string) => {
    const profile = importProfile(bytesInMemory(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))));
    const { samples, stacks, frames, modules, strings } = profile;
    const rows = Array.from(samples.stack.keys()).sort((a, b) => samples.time[a] - samples.time[b]);
    return rows.map((sample) => {
      const places: string[] = [];
      let isBelowKernel = false;
      for (let stack = samples.stack[sample]; stack !== -1; stack = stacks.parent[stack]) {
        const frame = stacks.frame[stack];
        const path = frames.module[frame] === -1 ? '' : strings[modules.path[frames.module[frame]]];
        const isElsewhere = path === '' || path.endsWith('.map') || path.startsWith('[');
        // samply counts the kernel's addresses from its start, and knows no module of code that was made at run time.
        if (FRAME_KINDS[frames.kind[frame]] === 'kernel' || isElsewhere) places.push('elsewhere');
        // samply takes the instruction at which the kernel was entered for a return address, and has the byte before it.
        else if (isBelowKernel) places.push(path);
        else places.push(`${path}+${frames.address[frame].toString(16)}`);
        isBelowKernel = FRAME_KINDS[frames.kind[frame]] === 'kernel';
      }
      return places.join(' ');
    });
  };

  it('has the stacks that we find in that perf.data ourselves', () => {
    const [ours, theirs] = ['perf-data/frame-pointers.perf.data', 'Firefox-profile/samply-import.profile.json'].map(
      stacksIn,
    );
    assert.equal(theirs.length, ours.length);
    assert.deepEqual([...theirs].sort(), [...ours].sort());
  });
});

describe('a raw profile of Firefox', () => {
  it('has those of other processes, with times since the first one’s start', () => {
    const schema = { stack: 0, time: 1 };
    const raw = (startTime: number, pid: number, processes: object[]) => ({
      meta: { version: 25, interval: 1, startTime, processType: 0, categories: [{ name: 'Other' }] },
      libs: [{ start: 4096, end: 8192, offset: 0, name: 'libx.so', path: '/usr/lib/libx.so', breakpadId: '' }],
      threads: [
        {
          name: 'GeckoMain',
          pid,
          tid: pid,
          samples: {
            schema,
            data: [
              [1, 10],
              [2, 20],
              [null, 30],
            ],
          },
          stackTable: {
            schema: { prefix: 0, frame: 1 },
            data: [
              [null, 0],
              [0, 1],
              [0, 2],
            ],
          },
          frameTable: {
            schema: {
              location: 0,
              relevantForJS: 1,
              innerWindowID: 2,
              implementation: 3,
              line: 4,
              column: 5,
              category: 6,
            },
            data: [[0], [1, false, 0, 3, 12], [2]],
          },
          stringTable: ['(root)', 'work (chrome://x/a.js -> resource://y/b.js:10:4)', '0x1010', 'ion'],
        },
      ],
      processes,
    });
    const profile = imported(raw(1000, 1, [raw(1500, 2, [raw(1600, 3, [])]), raw(1700, 4, [])]));
    assert.deepEqual(profile.quality.warnings, []);
    const { samples, threads, stacks, frames, functions, strings } = profile;
    assert.deepEqual([...threads.pid], [1, 2, 3, 4]);
    const times = [0, 500, 600, 700].flatMap((offset) => [10, 20, 30].map((time) => (offset + time) * 1e6));
    assert.deepEqual([...samples.time], times);
    const [js, native] = [samples.stack[0], samples.stack[1]].map((stack) => stacks.frame[stack]);
    const func = frames.function[js];
    assert.deepEqual(
      [strings[functions.name[func]], strings[functions.file[func]], functions.startLine[func], frames.line[js]],
      ['work', 'resource://y/b.js', 10, 12],
    );
    assert.deepEqual([frames.function[native], frames.address[native]], [-1, 16n]);
    assert.equal(stacks.parent[samples.stack[0]], -1);
  });

  for (const { file, path } of corpusFiles('firefox-profile')) {
    it(`${file} has its samples`, { skip: corpusMissing }, () => {
      const source = bytesInMemory(readFileSync(path));
      assert.equal(importerFor(source)?.format, 'Firefox profile');
      const profile = importProfile(source);
      const [{ samples, stackTable, frameTable, stringTable }] = JSON.parse(readFileSync(path, 'utf8')).profile.threads;
      assert.equal(profile.samples.length, samples.data.length);
      // By name: what stands before the place in brackets.
      const expected = new Map<string, number>();
      for (const [stack] of samples.data) {
        const text: string = stringTable[frameTable.data[stackTable.data[stack][1]][0]].replace('AutoEntryScript ', '');
        const script = /^(?:.* -> )?([^ ]+?):\d+(?::\d+)?$/.exec(text)?.[1];
        const name = /^(.*) \(.*\)$/.exec(text)?.[1] ?? (script === undefined ? text : `(root scope) ${script}`);
        expected.set(name, (expected.get(name) ?? 0) + 1);
      }
      for (const [name, count] of selfByName(profile, 0)) assert.equal(count, expected.get(name), name);
      assert.equal(sampleLines(profile).get('GeckoMain 7051856')!.length, 39);
    });
  }
});

describe('texts of a profile of Firefox that no profile should have', () => {
  const raw = (locations: readonly string[], libs: readonly object[] = []) => ({
    meta: { version: 5, interval: 1, startTime: 0, product: 'Firefox' },
    threads: [
      {
        name: 'main',
        pid: 1,
        tid: 1,
        samples: { schema: { stack: 0, time: 1 }, data: [[locations.length - 1, 1]] },
        stackTable: {
          schema: { prefix: 0, frame: 1 },
          data: locations.map((_, row) => [row === 0 ? null : row - 1, row]),
        },
        frameTable: { schema: { location: 0 }, data: locations.map((_, row) => [row]) },
        stringTable: locations,
      },
    ],
    // After what the format is told by.
    libs,
  });

  it('a unit of CPU time that is the name of a property of objects is no unit', () => {
    const meta = { ...META, sampleUnits: { ...META.sampleUnits, threadCPUDelta: 'constructor' } };
    const { values, samples } = imported({ ...ownTables, meta });
    assert.deepEqual(values[1], { type: 'cpu cycles', unit: 'count' });
    assert.deepEqual([...samples.weights[1]], [0, 10, 20]);
  });

  it('what is in a library is told from what only begins so', () => {
    const { functions, strings, modules } = imported(
      raw(['a (in x)', 'b (in x) + 12', 'c (in x) (d.c:3)', 'e (in x) (f)', 'g (in x) +', 'h (in x']),
    );
    const names = Array.from(functions.name, (name) => strings[name]);
    assert.deepEqual(names, ['a', 'b', 'c', 'e (in x) (f)', 'g (in x) +', 'h (in x']);
    assert.deepEqual(Array.from(functions.module), [0, 0, 0, -1, -1, -1]);
    assert.equal(modules.length, 1);
  });

  it('a long frame of colons is read in time by its length', { timeout: 60_000 }, () => {
    assert.equal(imported(raw([`x (in y) (${':'.repeat(1_000_000)}`])).samples.length, 1);
  });

  it('an address is in the first of many libraries that holds it', () => {
    const libs = Array.from({ length: 2_000 }, (_, lib) => ({ name: `l${lib}`, start: lib * 16, end: lib * 16 + 20 }));
    const addresses = Array.from({ length: 1_000 }, (_, row) => `0x${(row * 16 + 2).toString(16)}`);
    const { frames, modules, strings } = imported(raw(addresses, libs));
    assert.equal(modules.length, 1_000 - 1);
    assert.deepEqual(Array.from(frames.address.slice(0, 3)), [2n, 18n, 18n]);
    assert.equal(strings[modules.path[1]], 'l1');
  });
});
