import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { jfr, readRecording } from '../../../src/core/importers/jfr.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { isGzip } from '../../../src/core/importers/reading/gunzipped.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { invalidities } from '../../../src/core/profile/validity.ts';
import { type CorpusFile, corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { labelOf, numberedLines } from '../../support/jfr/numbered-lines.ts';
import { seededRandom } from '../../support/seeded-random.ts';

interface Facts {
  readonly version: string;
  readonly chunks: number | null;
  readonly event_counts: Readonly<Record<string, number>>;
  readonly events_total: number;
  readonly event_types_nonzero: number;
  readonly ExecutionSample_top_frames?: {
    readonly top_self: readonly (readonly [string, number])[];
    readonly states: Readonly<Record<string, number>>;
  };
}

/**
 * Chunks by the JDK and by async-profiler, in which a type's number means two things: jfr summary takes it for one, and loses the 44 events of
 * jdk.NativeLibrary (the one of JDK 25 counts them, as jdk.JVMInformation).
 */
const BY_TWO_RECORDERS = 'jfr/FastSlow_2024_01_16_180855.jfr.gz';

const UNWATCHED = { progress() {} };
/** A sample of async-profiler's stands for 10 ms in these files. */
const PERIOD_NS = 10_000_000;

describe('JFR files of other people', { skip: corpusMissing }, () => {
  for (const entry of corpusFiles('jfr')) {
    const { file } = entry;
    const facts = entry.facts as unknown as Facts;
    const bytes = contentOf(entry.path);

    // jfr summary doesn't read version 0.9.
    const isCounted = facts.chunks !== null;
    if (isCounted)
      it(`${file} has as many events of each type as jfr summary counts`, () => {
        const { eventCounts } = readRecording(bytesInMemory(bytes), UNWATCHED);
        for (const [event, count] of Object.entries(facts.event_counts))
          assert.equal(eventCounts.get(event), count, event);
        if (file === BY_TWO_RECORDERS) return;
        // jfr summary counts the descriptions of types and the constants, too.
        assert.equal(sum(eventCounts.values()), facts.events_total);
        assert.equal(eventCounts.size, facts.event_types_nonzero);
      });

    it(`${file} makes a sound profile`, () => {
      assert.ok(jfr.recognises(bytes.subarray(0, 65536)));
      const profile = read(bytes);
      assert.deepEqual(invalidities(profile), []);
      assert.deepEqual(profile.quality.warnings, []);
      for (const time of profile.samples.time)
        assert.ok(time >= 0 && time <= profile.origin.durationNs * 1.01, `${time}`);
    });

    const top = facts.ExecutionSample_top_frames;
    if (!top) continue;
    it(`${file} has the innermost frames and states that jfr print shows`, () => {
      const profile = read(bytes);
      assert.deepEqual(statesOf(profile), top.states);
      const found = innermost(profile);
      for (const [frame, count] of top.top_self) assert.equal(found.get(frame), count, frame);
    });
  }

  const check = (
    golden: string,
    file: string,
    values: readonly string[],
    isWanted: (profile: Profile, sample: number) => boolean,
    factor: number,
  ) =>
    it(`${file} has the stacks, lines and weights of ${golden}, exactly`, () => {
      const entry = corpusFiles('jfr').find((one) => one.file === `jfr/${file}`) as CorpusFile;
      const profile = read(contentOf(entry.path));
      const expected = contentOf(entry.path.replace(file, `golden/${golden}_expected_collapsed.txt.gz`));
      const lines = new TextDecoder()
        .decode(expected)
        .split('\n')
        .filter((line) => line !== '');
      assert.deepEqual(
        withoutNumbers(numberedLines(profile, values, (sample) => isWanted(profile, sample), factor)),
        lines.sort(),
      );
    });
  const isSampled = ({ samples }: Profile, sample: number) => samples.weights[0][sample] > 0;
  const isRunning = (profile: Profile, sample: number) => labelOf(profile, sample, 'state') === 'STATE_RUNNABLE';
  check(
    'cortex-dev-01__kafka-0__cpu__0_0_process_cpu_cpu__nanoseconds',
    'cortex-dev-01__kafka-0__cpu__0.jfr.gz',
    ['cpu samples'],
    isSampled,
    PERIOD_NS,
  );
  check('dump2_2_process_cpu_cpu__nanoseconds', 'dump2.jfr.gz', ['wall samples'], isRunning, PERIOD_NS);
  check('dump2_3_wall_wall__nanoseconds', 'dump2.jfr.gz', ['wall samples'], isSampled, PERIOD_NS);
  check(
    'FastSlow_2024_01_16_180855_1_process_cpu_cpu__nanoseconds',
    'FastSlow_2024_01_16_180855.jfr.gz',
    ['wall samples'],
    isSampled,
    PERIOD_NS,
  );
  check('example_3_process_cpu_cpu__nanoseconds', 'example.jfr.gz', ['cpu samples'], isSampled, PERIOD_NS);
  check(
    'example_0_memory_alloc_in_new_tlab_objects__count_alloc_in_new_tlab_bytes__bytes',
    'example.jfr.gz',
    ['allocations', 'allocated'],
    (profile, sample) => labelOf(profile, sample, 'TLAB') === 'new',
    1,
  );

  it('a recording of version 0.9 has the events that Mission Control counts, with its lines and weights', () => {
    const { path } = corpusFiles('jfr').find(({ file }) => file === 'jfr/8u60.jfr') as CorpusFile;
    const { eventCounts } = readRecording(bytesInMemory(contentOf(path)), UNWATCHED);
    // Counted by org.openjdk.jmc:flightrecorder:8.3.1, which has names of its own for some.
    assert.equal(eventCounts.get('jdk.ObjectAllocationInNewTLAB'), 24);
    assert.equal(eventCounts.get('jdk.ObjectAllocationOutsideTLAB'), 6);
    assert.equal(eventCounts.get('java/monitor_wait'), 65);
    assert.equal(eventCounts.get('java/statistics/thread_allocation'), 48);
    const profile = read(contentOf(path));
    const lines = numberedLines(profile, ['allocated'], () => true);
    assert.equal(sum(profile.samples.weights[1]), 441_168);
    const frames = [
      'oracle/jrockit/jfr/JFRImpl.onNewChunk:559',
      'oracle/jrockit/jfr/MetaProducer.onNewChunk:70',
      'oracle/jrockit/jfr/JFRImpl.getRecordings:590',
      'java/util/ArrayList.<init>:177',
      'java/util/AbstractCollection.toArray:136',
    ];
    assert.ok(lines.includes(`${frames.join(';')} [33576]`));
  });

  it('a recording of version 0.9 is refused in words or gives its sound part, cut or changed anywhere', () => {
    const { path } = corpusFiles('jfr').find(({ file }) => file === 'jfr/8u60.jfr') as CorpusFile;
    const bytes = contentOf(path);
    const random = seededRandom(9);
    for (let round = 0; round < 600; round++) {
      const at = Math.floor(random() * bytes.length);
      const changed = round % 2 === 0 ? bytes.slice(0, at) : bytes.slice();
      // Where types and the last checkpoint are is what counts most.
      if (round % 2 === 1) changed[round % 4 === 1 ? at : 6 + (at % 12)] = Math.floor(random() * 256);
      try {
        assert.ok(read(changed).samples.length <= 40);
      } catch (error) {
        if (!(error instanceof MalformedInput)) throw error;
      }
    }
  });

  it('no file of another format is taken for one', () => {
    for (const format of ['hprof', 'perf-data', 'folded', 'perf-script']) {
      for (const { path, file } of corpusFiles(format))
        assert.equal(jfr.recognises(contentOf(path).subarray(0, 65536)), false, file);
    }
  });
});

/**
 * That parser gives all lambdas of a class one name, `App$$Lambda_` for `App$$Lambda$76.0x00007ff44c0c4640` and
 * `App$$Lambda$155+0x00007f47940e7fa0/1182696712`, and so for generated accessors.
 */
function withoutNumbers(lines: readonly string[]): string[] {
  const totals = new Map<string, number[]>();
  for (const line of lines) {
    const [, stack, weights] = /^(.*) \[(.*)\]$/.exec(line) ?? [];
    const text = stack
      .replace(/\$\$Lambda\$\d+[./+]0x[0-9a-f]+(?:\/\d+)?/g, '$$$$Lambda_')
      .replace(/(GeneratedMethodAccessor)\d+/g, '$1_');
    const sums = weights.split(' ').map(Number);
    totals.set(text, totals.get(text)?.map((own, index) => own + sums[index]) ?? sums);
  }
  return [...totals].map(([text, sums]) => `${text} [${sums.join(' ')}]`).sort();
}

function contentOf(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return isGzip(bytes) ? gunzipSync(bytes) : bytes;
}

function read(bytes: Uint8Array): Profile {
  return jfr.read(bytesInMemory(bytes), UNWATCHED);
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function isExecution({ samples, values }: Profile, sample: number): boolean {
  const value = values.findIndex(({ type }) => type.endsWith(' samples') && type !== 'native method samples');
  return samples.weights[value]?.[sample] > 0;
}

function statesOf(profile: Profile): Record<string, number> {
  const states: Record<string, number> = {};
  for (let sample = 0; sample < profile.samples.length; sample++) {
    if (!isExecution(profile, sample)) continue;
    const state = labelOf(profile, sample, 'state');
    states[state] = (states[state] ?? 0) + 1;
  }
  return states;
}

/** Samples by their innermost frame, as the facts write it. */
function innermost(profile: Profile): Map<string, number> {
  const { samples, stacks } = profile;
  const counts = new Map<string, number>();
  for (let sample = 0; sample < samples.length; sample++) {
    if (!isExecution(profile, sample) || samples.stack[sample] === NONE) continue;
    const frame = stacks.frame[samples.stack[sample]];
    const one = { ...profile, samples: { ...samples, length: 1, stack: Int32Array.of(samples.stack[sample]) } };
    const name = frameNames.get(profile)?.get(frame) ?? innermostName(one);
    remember(profile, frame, name);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const frameNames = new Map<Profile, Map<number, string>>();

function remember(profile: Profile, frame: number, name: string): void {
  const names = frameNames.get(profile) ?? new Map<number, string>();
  frameNames.set(profile, names.set(frame, name));
}

function innermostName(profile: Profile): string {
  const [line] = numberedLines(profile, [], () => true);
  return (
    line
      .replace(/ \[\]$/, '')
      .split(';')
      .at(-1)
      ?.replace(/:\d+$/, '') ?? ''
  );
}
