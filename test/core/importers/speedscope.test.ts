import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { FRAME_KINDS, NONE } from '../../../src/core/profile/profile.ts';
import { speedscope as writer } from '../../../src/core/writers/speedscope.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { sampleLines } from '../../support/sample-lines.ts';
import { selfByName } from '../../support/self-by-name.ts';

interface Facts {
  readonly exporter?: string | null;
  readonly profile_facts?: readonly {
    readonly name: string;
    readonly unit: string;
    readonly samples?: number;
    readonly weight_sum?: number;
    readonly top_self: readonly (readonly [string, number])[];
  }[];
}

const FACTOR: Readonly<Record<string, number>> = { none: 1, microseconds: 1e3, seconds: 1e9 };
const imported = (file: object) => importProfile(bytesInMemory(Buffer.from(JSON.stringify(file))));
const file = (profiles: object[], more: object = {}) => ({
  $schema: 'https://www.speedscope.app/file-format-schema.json',
  profiles,
  shared: { frames: [{ name: 'a', file: 'file:///x/a.js', line: 3, col: 9 }, { name: 'b' }, { name: 'c' }] },
  ...more,
});
const evented = (events: [string, number, number][], more: object = {}) => ({
  type: 'evented',
  name: 'p',
  unit: 'milliseconds',
  startValue: 0,
  endValue: 10,
  events: events.map(([type, frame, at]) => ({ type, frame, at })),
  ...more,
});

describe('speedscope files that other people made', { skip: corpusMissing }, () => {
  for (const { file, path, facts: all } of corpusFiles('speedscope')) {
    const facts = all as Facts;
    it(`${file} has its profiles, weights and hottest functions`, () => {
      const source = bytesInMemory(readFileSync(path), file);
      assert.equal(importerFor(source)?.format, 'speedscope');
      const profile = importProfile(source);
      const { samples, threads } = profile;
      if (!facts.profile_facts) return;
      assert.equal(profile.origin.producer, facts.exporter ?? '');
      assert.equal(threads.length, facts.profile_facts.length);
      for (const [thread, { unit, samples: count, weight_sum, top_self }] of facts.profile_facts.entries()) {
        const own = Array.from(samples.thread.keys()).filter((sample) => samples.thread[sample] === thread);
        const sum = own.reduce((total, sample) => total + samples.weights[0][sample], 0);
        if (count !== undefined) assert.equal(own.length, count);
        if (weight_sum !== undefined) assert.equal(sum, weight_sum * FACTOR[unit]);
        const part = own.map((sample) => samples.weights[0][sample]);
        const ofThread = {
          ...profile,
          samples: {
            ...samples,
            length: own.length,
            stack: Int32Array.from(own, (sample) => samples.stack[sample]),
            weights: [Float64Array.from(part)],
          },
        };
        const self = selfByName(ofThread, 0);
        for (const [name, weight] of top_self) assert.equal(self.get(name), weight * FACTOR[unit], name);
      }
    });
  }
});

describe('a file of speedscope', () => {
  for (const name of [
    'perf-data/several-events.perf.data',
    'perf-script/planted-c.txt',
    'V8-cpuprofile/short.cpuprofile',
  ]) {
    it(`that was written from ${name} reads back as what was written`, () => {
      const path = new URL(`../../fixtures/${name}`, import.meta.url);
      const profile = importProfile(bytesInMemory(readFileSync(path)));
      const back = importProfile(bytesInMemory(writer.write(profile)));
      assert.deepEqual(back.quality.warnings, []);
      // Places without a function are written as what they are called.
      const named = [...profile.frames.function].every((func) => func !== NONE);
      const [expected, found] = [sampleLines(profile), sampleLines(back)];
      assert.deepEqual([...found.keys()].sort(), [...expected.keys()].sort());
      for (const [thread, lines] of expected) {
        assert.equal(found.get(thread)!.length, lines.length);
        if (named) assert.deepEqual(found.get(thread), lines);
      }
      const sum = (weights: Float64Array) => weights.reduce((a, b) => a + b, 0);
      assert.equal(sum(back.samples.weights[0]), sum(profile.samples.weights[profile.defaultValue]));
    });
  }

  it('gives each stretch between events to what is open, and warns of what is not as it should be', () => {
    const profile = imported(
      file([
        evented([
          ['O', 0, 1],
          ['O', 1, 2],
          ['O', 2, 3],
          ['C', 1, 4],
          ['C', 1, 5],
          ['C', 2, 6],
          ['O', 1, 5],
        ]),
      ]),
    );
    assert.deepEqual(Object.fromEntries(selfByName(profile, 0)), { a: 1e6, b: 1e6 + 4e6, c: 3e6 });
    assert.deepEqual(
      [...profile.samples.time],
      [0, 1e6, 2e6, 3e6, 4e6, 5e6].map((time) => time + 1e6),
    );
    assert.match(
      profile.quality.warnings.join(' '),
      /earlier than the one before.*: 1.*open above them: 1.*weren't open, .*: 1.*never closed.*: 2/,
    );
  });

  it('keeps profiles of different units apart', () => {
    const sampled = (unit: string, weights: number[]) => ({
      type: 'sampled',
      name: unit,
      unit,
      startValue: 0,
      endValue: 9,
      samples: weights.map(() => [0, 1]),
      weights,
    });
    const { values, samples, threads } = imported(file([sampled('seconds', [1, 2]), sampled('bytes', [7])]));
    assert.deepEqual(values, [
      { type: 'time', unit: 'nanoseconds' },
      { type: 'space', unit: 'bytes' },
    ]);
    assert.deepEqual([...samples.weights[0]], [1e9, 2e9, 0]);
    assert.deepEqual([...samples.weights[1]], [0, 0, 7]);
    assert.deepEqual([...samples.time], [0, 1e9, Number.NaN]);
    assert.equal(threads.length, 2);
  });

  it('takes lines for those that were executing where the program that exported it writes those', () => {
    const profiles = [evented([['O', 0, 1]])];
    const executing = imported(file(profiles, { exporter: 'py-spy@0.3.14' }));
    assert.deepEqual([executing.frames.line[0], executing.functions.startLine[0]], [3, 0]);
    // The file doesn't say with which options it was recorded.
    assert.match(executing.origin.mayMislead.join(), /Lines are those that were executing; recorded with --function/);
    const defined = imported(file(profiles, { exporter: 'speedscope@1.0' }));
    assert.deepEqual([defined.frames.line[0], defined.functions.startLine[0]], [0, 3]);
    assert.equal(defined.strings[defined.functions.file[0]], '/x/a.js');
  });

  it('is read in bounded time and memory where many frames are closed from below', () => {
    const count = 20_000;
    const numbers = Array.from({ length: count }, (_, number) => number);
    const profile = imported({
      ...file([
        evented([
          ...numbers.map((frame): [string, number, number] => ['O', frame, frame]),
          ...numbers.map((frame): [string, number, number] => ['C', frame, count + frame]),
        ]),
      ]),
      shared: { frames: numbers.map((frame) => ({ name: `f${frame}` })) },
    });
    assert.ok(profile.stacks.length < 1_100_000);
    assert.match(profile.quality.warnings.join(' '), /passed over/);
  });

  it('has weights that are too large for nanoseconds as nothing, and says so', () => {
    const weighed = { type: 'sampled', name: 'p', unit: 'seconds', startValue: 0, endValue: 9 };
    const profile = imported(file([{ ...weighed, samples: [[0], [0]], weights: [1e305, 1] }]));
    assert.deepEqual([...profile.samples.weights[0]], [0, 1e9]);
    assert.match(profile.quality.warnings.join(), /too large for a number of nanoseconds, taken for 0: 1/);
    assert.ok(Array.from(profile.samples.time).every((time) => Math.abs(time) !== Number.POSITIVE_INFINITY));
  });

  it('is shown first by the value of its active profile, or of its first where that is none of them', () => {
    const one = { type: 'sampled', name: 'p', startValue: 0, endValue: 9, samples: [[0]], weights: [1] };
    const profiles = [
      { ...one, unit: 'bytes' },
      { ...one, unit: 'seconds' },
    ];
    for (const [activeProfileIndex, type] of [
      [1, 'time'],
      [0, 'space'],
      [2, 'space'],
      [-1, 'space'],
      [0.5, 'space'],
      [undefined, 'space'],
    ]) {
      const { values, defaultValue } = imported(file(profiles, { activeProfileIndex }));
      assert.equal(values[defaultValue].type, type, `active: ${activeProfileIndex}`);
    }
  });

  it('has functions of Python itself, as pyinstrument writes them, in no file', () => {
    const profiles = [{ type: 'sampled', name: 'p', unit: 'seconds', startValue: 0, samples: [[0]], weights: [1] }];
    const shared = { frames: [{ name: 'epoll.poll', file: '<built-in>', line: 0 }] };
    const { functions, frames, strings } = imported({ ...file(profiles), exporter: 'pyinstrument', shared });
    assert.equal(strings[functions.file[0]], '');
    assert.equal(FRAME_KINDS[frames.kind[0]], 'native');
  });

  it('is read where it has very many profiles', () => {
    const one = { type: 'sampled', name: 'p', unit: 'seconds', startValue: 3, samples: [], weights: [] };
    const profile = imported(file(new Array(130_000).fill(one)));
    assert.deepEqual([profile.samples.length, profile.origin.startTimeNs], [0, 3e9]);
  });

  it('with an empty list of profiles holds no samples: py-spy writes that where it took none', () => {
    assert.equal(imported(file([], { exporter: 'py-spy@0.4.3' })).samples.length, 0);
  });

  it('of py-spy: a process is no frame, and a file without a line that is not Python’s is a library', () => {
    const { functions, frames, strings, modules, threads } = importProfile(
      bytesInMemory(readFileSync(new URL('../../fixtures/speedscope/py-spy-native.speedscope.json', import.meta.url))),
    );
    const names = Array.from(functions.name, (name) => strings[name]);
    assert.deepEqual(
      names.filter((name) => name.startsWith('process ')),
      [],
    );
    const libraries = new Set(
      Array.from(frames.module).flatMap((module) => (module === NONE ? [] : strings[modules.path[module]])),
    );
    assert.ok(libraries.has('/usr/lib/x86_64-linux-gnu/libm.so.6'));
    assert.ok(Array.from(functions.file, (of) => strings[of]).every((path) => !path.includes('.so')));
    assert.ok(threads.pid.every((pid) => pid > 0));
  });

  it('is refused where a stack has a frame that is not there', () => {
    assert.throws(() => imported(file([evented([['O', 3, 1]])])), MalformedInput);
    assert.throws(() => imported(file([evented([['O', -1, 1]])])), MalformedInput);
    assert.throws(() => imported(file([evented([['X', 1, 1]])])), MalformedInput);
    assert.throws(() => imported(file([evented([['constructor', 1, 1]])])), MalformedInput);
    assert.throws(() => imported({ ...file([]), profiles: undefined }), MalformedInput);
  });
});
