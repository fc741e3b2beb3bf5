import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { importProfile } from '../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import { type FrameIndex, NONE, type Profile, type ThreadIndex } from '../../src/core/profile/profile.ts';
import { unknownName } from '../../src/core/profile/unknown-name.ts';
import { firefox } from '../../src/core/writers/firefox.ts';
import { corpusFiles } from '../support/corpus.ts';
import { FirefoxProfiler, type FrontEndFunction, type FrontEndThread } from '../support/firefox-profiler.ts';
import { naiveTotals, type SpeltSample, speltSamples } from '../support/naive-totals.ts';

const FIXTURES = new URL('../fixtures/', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'perfwright-firefox-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A file of each format: the first of its folder that names all it refers to. */
const ONE_OF_EACH = [...Map.groupBy(globSync('*/*', { cwd: FIXTURES }).filter(isInput).sort(), dirname).values()].map(
  ([file]) => file,
);

/** Files with times and lines, and, in one, inlined functions. */
const DETAILED = [
  'Chrome-trace/profiler.trace.json',
  'jfr/cpu-time-jdk25.jfr.gz',
  'speedscope/py-spy.speedscope.json',
  'V8-cpuprofile/short.cpuprofile',
];

describe('the Firefox Profiler', () => {
  for (const name of ONE_OF_EACH) {
    it(`opens what is written for it, with the same threads and costs of functions: ${name}`, () => {
      const profile = read(join(FIXTURES, name));
      withFrontEnd(written(profile), (frontEnd) => assertFunctions(frontEnd, profile));
    });
  }

  for (const name of DETAILED) {
    it(`shows the same costs of lines, and of a range of time: ${name}`, () => {
      const profile = read(join(FIXTURES, name));
      withFrontEnd(written(profile), (frontEnd) => {
        assertLines(frontEnd, profile);
        // Ranges count from the first sample on.
        const first = Math.min(...profile.samples.time);
        const length = Math.max(...profile.samples.time) - first;
        frontEnd.zoom((length * 0.25) / 1e9, (length * 0.75) / 1e9);
        assertFunctions(frontEnd, profile, (time) => time >= first + length * 0.25 && time < first + length * 0.75);
      });
    });
  }

  const files = [
    ...globSync('Firefox-profile/*', { cwd: FIXTURES })
      .filter(isInput)
      .map((name) => join(FIXTURES, name)),
    ...corpusFiles('firefox-profile').map(({ path }) => path),
  ];
  for (const file of files) {
    it(`reads in its own files what is read here: ${file.split('/').slice(-2).join('/')}`, () => {
      withFrontEnd(file, (frontEnd) => assertFunctions(frontEnd, read(file)));
    });
  }

  it('takes the texts of a raw profile’s frames as they are taken here', () => {
    const file = join(folder, 'raw.json');
    writeFileSync(file, JSON.stringify(rawProfile(LOCATIONS)));
    const { strings, functions } = read(file);
    assert.equal(new Set(Array.from(functions.name, (name) => strings[name])).size, LOCATIONS.length - 1);
    withFrontEnd(file, (frontEnd) => assertFunctions(frontEnd, read(file)));
  });
});

/** What may stand in a raw profile for a frame; the last is an address. */
const LOCATIONS = [
  'js::RunScript',
  'Timer: 5',
  'a label (with brackets)',
  'AutoEntryScript setTimeout handler',
  'draw(int) (in XUL) + 512',
  'non-virtual thunk to Frame::Paint() (in libxul.so)',
  'lookup (in libc.so.6) (malloc.c:3321)',
  'work (chrome://x/a.js -> resource://y/b.js:10:4)',
  'walk (self-hosted:4435:0)[2]',
  'nested (anonymous) (https://example.org/app.js:7)',
  'resource://devtools/shared/system.js:4',
  'chrome://x/a.js -> resource://y/c.js:0:0[1]',
  '0x7f00',
];

/** A recording as Firefox 63 gives it, of one sample in each place. */
function rawProfile(locations: readonly string[]) {
  const data = [...locations.keys()];
  return {
    meta: {
      version: 13,
      interval: 1,
      startTime: 1000,
      processType: 0,
      stackwalk: 1,
      product: 'Firefox',
      categories: CATEGORIES,
    },
    libs: [],
    pausedRanges: [],
    processes: [],
    threads: [
      {
        name: 'GeckoMain',
        processType: 'default',
        pid: 1,
        tid: 1,
        registerTime: 0,
        unregisterTime: null,
        stringTable: locations,
        frameTable: {
          schema: { location: 0, implementation: 1, optimizations: 2, line: 3, category: 4 },
          data: data.map((at) => [at, null, null, null, 0]),
        },
        stackTable: { schema: { prefix: 0, frame: 1 }, data: data.map((at) => [null, at]) },
        samples: {
          schema: { stack: 0, time: 1, responsiveness: 2, rss: 3, uss: 4 },
          data: data.map((at) => [at, at, 0]),
        },
        markers: { schema: { name: 0, time: 1, data: 2 }, data: [] },
      },
    ],
  };
}

const CATEGORIES = [{ name: 'Other', color: 'grey' }];

function isInput(name: string): boolean {
  return name.includes('/') && !name.endsWith('.golden') && !name.endsWith('.md') && !name.endsWith('.sh');
}

function read(file: string): Profile {
  return importProfile(bytesInMemory(readFileSync(file)));
}

function written(profile: Profile): string {
  const file = join(folder, 'written.profile.json');
  writeFileSync(file, firefox.write(profile));
  return file;
}

function withFrontEnd(file: string, use: (frontEnd: FirefoxProfiler) => void): void {
  const frontEnd = new FirefoxProfiler(file);
  try {
    use(frontEnd);
  } finally {
    frontEnd.close();
  }
}

/** Every thread is there, and each of its functions costs what the definitions of self and total say. */
function assertFunctions(
  frontEnd: FirefoxProfiler,
  profile: Profile,
  isIn: (time: number) => boolean = () => true,
): void {
  const scale = isTime(profile) ? 1e6 : 1;
  const unmet = new Set(frontEnd.threads());
  for (const thread of new Set(profile.samples.thread)) {
    // Threads of one number, of which one came after the other, are one here.
    const shown = [...unmet].filter((each) => isThread(each, profile, thread));
    assert.ok(shown.length > 0, `thread ${thread} is among ${JSON.stringify([...unmet])}`);
    for (const each of shown) unmet.delete(each);
    const ofEach = shown.map(({ threadHandle }) =>
      Map.groupBy(functionsOf(frontEnd, threadHandle), ({ name }) => name),
    );
    const names = [...new Set(ofEach.flatMap((costs) => [...costs.keys()]))];
    const sum = (name: string, figure: 'selfSamples' | 'totalSamples') =>
      ofEach.flatMap((costs) => costs.get(name) ?? []).reduce((all, row) => all + row[figure], 0);
    const expected = naiveTotals(samplesOf(profile, thread, isIn), (frame) => nameOf(profile, frame));
    assertClose(
      new Map(names.map((name) => [name, sum(name, 'selfSamples')])),
      new Map([...expected].map(([name, { self }]) => [name, self / scale])),
    );
    // Functions that only share a name may be in one stack.
    const single = names.filter((name) => ofEach.every((costs) => (costs.get(name)?.length ?? 0) < 2));
    assertClose(
      new Map(single.map((name) => [name, sum(name, 'totalSamples')])),
      new Map(single.map((name) => [name, (expected.get(name)?.total ?? Number.NaN) / scale])),
    );
  }
  for (const { name, threadHandle } of unmet)
    assert.deepEqual(functionsOf(frontEnd, threadHandle), [], `${name} has no samples`);
}

/** Without the frame that stands for all of a thread in Firefox's own recordings. */
function functionsOf(frontEnd: FirefoxProfiler, thread: string): FrontEndFunction[] {
  return frontEnd.functions(thread).filter(({ name, selfSamples }) => name !== '(root)' || selfSamples > 0);
}

/** The lines of the file that has most of the first thread's. */
function assertLines(frontEnd: FirefoxProfiler, profile: Profile): void {
  const [thread] = profile.samples.thread;
  const shown = frontEnd.threads().find((each) => isThread(each, profile, thread))!;
  const { frames, strings } = profile;
  const samples = samplesOf(profile, thread, () => true);
  const used = new Set(samples.flatMap((sample) => sample.frames).filter((frame) => lineOf(profile, frame) > 0));
  const byFile = Map.groupBy(used, (frame) => frames.file[frame]);
  const [[file]] = [...byFile].sort(([, a], [, b]) => b.length - a.length);
  const isInFile = (name: string) => {
    const own = [...used].filter((frame) => nameOf(profile, frame) === name);
    return own.length > 0 && own.every((frame) => frames.file[frame] === file);
  };
  const ofFile = frontEnd.functions(shown.threadHandle).find(({ name }) => isInFile(name))!;
  const { filename, lines } = frontEnd.lines(shown.threadHandle, ofFile.functionHandle);
  assert.equal(filename, strings[file]);
  const expected = naiveTotals(samples, (frame) =>
    frames.file[frame] === file ? lineOf(profile, frame) || undefined : undefined,
  );
  assert.ok(expected.size > 1, 'several lines');
  const scale = isTime(profile) ? 1e6 : 1;
  for (const figure of ['self', 'total'] as const)
    assertClose(
      new Map(lines.map((line) => [line.lineNumber, line[`${figure}Samples`]])),
      new Map([...expected].map(([line, costs]) => [line, costs[figure] / scale])),
    );
}

/** Where a frame's line isn't known the front end takes that of its function. */
function lineOf({ frames, functions }: Profile, frame: FrameIndex): number {
  const func = frames.function[frame];
  return frames.line[frame] || (func === NONE ? 0 : functions.startLine[func]);
}

function samplesOf(profile: Profile, thread: ThreadIndex, isIn: (time: number) => boolean): SpeltSample[] {
  const { samples, defaultValue } = profile;
  return speltSamples(profile, { value: defaultValue }).filter(
    (sample, row) => sample.thread === thread && isIn(samples.time[row] || 0),
  );
}

function isTime({ values, defaultValue }: Profile): boolean {
  return values[defaultValue].unit === 'nanoseconds';
}

function isThread(shown: FrontEndThread, { threads, strings }: Profile, thread: ThreadIndex): boolean {
  if (thread === NONE) return shown.name === 'no thread';
  const { pid, tid, name } = threads;
  // Numbers of processes that were used again have a second part.
  const isSame = (number: number, text: string | number) =>
    String(text).replace(/\.\d+$/, '') === (number === NONE ? 'unknown' : String(number));
  return (
    isSame(pid[thread], shown.pid) &&
    isSame(tid[thread], shown.tid) &&
    (strings[name[thread]] === '' || shown.name === strings[name[thread]])
  );
}

/** The name that is written: addresses where there's none. */
function nameOf({ frames, functions, modules, strings }: Profile, frame: FrameIndex): string {
  const func = frames.function[frame];
  const name = func === NONE ? '' : strings[functions.name[func]];
  if (name !== '') return name;
  const module = frames.module[frame];
  const address = frames.address[frame];
  return module === NONE || modules.length === 0 ? unknownName('', address) : `0x${address.toString(16)}`;
}

/** Sums of doubles in another order; what isn't there is 0. */
function assertClose<K>(actual: ReadonlyMap<K, number>, expected: ReadonlyMap<K, number>): void {
  const wrong = [...new Set([...actual.keys(), ...expected.keys()])].filter((key) => {
    const [a, b] = [actual.get(key) ?? 0, expected.get(key) ?? 0];
    return !(Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));
  });
  assert.deepEqual(
    wrong.map((key) => `${key}: ${actual.get(key)}, not ${expected.get(key)}`),
    [],
  );
}
