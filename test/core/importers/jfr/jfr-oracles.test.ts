import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { jfr, readRecording } from '../../../../src/core/importers/jfr.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { isGzip } from '../../../../src/core/importers/reading/gunzipped.ts';
import { NONE, type Profile } from '../../../../src/core/profile/profile.ts';
import { collapsedLikeJfrconv, comparableLines } from '../../../support/jfr/collapsed.ts';

/*
 * Beside this file lies what other programs say of the recordings in test/fixtures/jfr (made by experiments/cpu-profiling/java/record.sh):
 *   jfr-summary.txt            `jfr summary` of JDK 25, types with events
 *   NAME.KIND.collapsed.gz     `jfrconv -o collapsed` of async-profiler 4.1, with --alloc, --lock, --live, --nativemem, --leak --tail 0, --total
 *   cpu-time-jdk25.print.txt.gz  `jfr print --stack-depth 64 --events jdk.CPUTimeSample,jdk.MethodTrace` of JDK 25
 */
const UNWATCHED = { progress() {} };

describe('recordings as jfr and jfrconv read them', () => {
  for (const section of textOf('jfr-summary.txt').split('# ').slice(1)) {
    const [name, ...lines] = section.trim().split('\n');
    it(`${name} has as many events of each type as jfr summary counts, and no others`, () => {
      const { eventCounts } = readRecording(fixture(name), UNWATCHED);
      const counted = lines.map((line) => line.split(' '));
      assert.ok(counted.length > 5);
      assert.deepEqual(
        Object.fromEntries(eventCounts),
        Object.fromEntries(counted.map(([type, count]) => [type, Number(count)])),
      );
    });
  }

  const same = (name: string, kind: string, values: readonly string[], hasLabel = false) =>
    it(`${name}, ${values.join(' and ')}: the stacks and weights that jfrconv writes, exactly`, () => {
      const profile = jfr.read(fixture(name), UNWATCHED);
      const columns = values.map((wanted) => profile.values.findIndex(({ type }) => type === wanted));
      const expected = comparableLines(textOf(`${name}.${kind}.collapsed.gz`));
      assert.ok(!columns.includes(-1) && expected.length > 0);
      assert.deepEqual(collapsedLikeJfrconv(profile, columns, hasLabel), expected);
    });
  same('planted-jdk17', 'samples', ['execution samples', 'native method samples']);
  same('planted-jdk17', 'allocated', ['allocated, by samples'], true);
  same('planted-jdk17', 'locks', ['monitor contentions', 'parks'], true);
  same('tlabs-jdk17', 'allocated', ['allocated'], true);
  same('tlabs-jdk17', 'allocations', ['allocations'], true);
  same('cpu-async', 'samples', ['ctimer samples']);
  same('all-async', 'samples', ['ctimer samples', 'wall samples']);
  same('all-async', 'allocated', ['allocated'], true);
  same('all-async', 'live', ['live object size'], true);
  same('all-async', 'locks', ['monitor contentions'], true);
  same('native-memory-async', 'malloc', ['malloc']);
  same('native-memory-async', 'unfreed', ['malloc not freed']);

  it('CPU time samples and traced calls have the threads, methods with parameters, lines and times that jfr print shows', () => {
    const profile = jfr.read(fixture('cpu-time-jdk25'), UNWATCHED);
    const expected = printedEvents(textOf('cpu-time-jdk25.print.txt.gz'));
    const found = shownEvents(profile);
    assert.equal(found.length, 101);
    assert.deepEqual(found.sort(), expected.sort());
  });
});

describe('a program with planted costs', () => {
  const source = readFileSync(
    new URL('../../../../experiments/cpu-profiling/java/Planted.java', import.meta.url),
    'utf8',
  ).split('\n');
  const lineOf = (mark: string) => source.findIndex((line) => line.includes(mark)) + 1;
  const profile = jfr.read(fixture('planted-jdk17'), UNWATCHED);
  const { samples, strings, threads, stacks, frames, functions, values } = profile;
  const column = (wanted: string) => samples.weights[values.findIndex(({ type }) => type === wanted)];
  const placeOf = (sample: number) => {
    const frame = stacks.frame[samples.stack[sample]];
    return `${strings[functions.name[frames.function[frame]]]}:${frames.line[frame]}`;
  };
  const places = (thread: string, value: string) => {
    const counts = new Map<string, number>();
    for (let sample = 0; sample < samples.length; sample++) {
      if (strings[threads.name[samples.thread[sample]]] !== thread || column(value)[sample] === 0) continue;
      counts.set(placeOf(sample), (counts.get(placeOf(sample)) ?? 0) + column(value)[sample]);
    }
    return [...counts].sort(([, a], [, b]) => b - a);
  };

  it('spends the time of its thread "prices" on the hot line', () => {
    assert.equal(places('prices', 'execution samples')[0][0], `Planted.priceOf:${lineOf('// hot')}`);
  });

  it('waits for the lock where it is wanted, and for nothing else', () => {
    const [[place, ns], ...others] = places('ledger-1', 'blocked on monitors');
    assert.equal(place, `Planted$Ledger.add:${lineOf('// contended')}`);
    assert.ok(ns > 0.3e9 && ns < 2.5e9, `${ns}`);
    // Compiled code may be a line off: it knows lines at safepoints only.
    for (const [other] of others) assert.equal(other, `Planted$Ledger.add:${lineOf('// contended') + 1}`);
  });

  it('allocates arrays on the line that makes them', () => {
    assert.equal(places('outline', 'sampled allocations')[0][0], `Planted$Outline.build:${lineOf('new byte[')}`);
  });

  it('names files so that the source is found by the end of its path', () => {
    const func = Array.from({ length: functions.length }, (_, index) => index).find(
      (index) => strings[functions.name[index]] === 'Planted$Ledger.add',
    );
    assert.equal(strings[functions.file[func ?? -1]], 'Planted.java');
  });
});

function fixture(name: string) {
  for (const ending of ['.jfr', '.jfr.gz']) {
    try {
      const bytes = readFileSync(new URL(`../../../fixtures/jfr/${name}${ending}`, import.meta.url));
      return bytesInMemory(isGzip(bytes) ? gunzipSync(bytes) : bytes, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`no fixture ${name}`);
}

function textOf(name: string): string {
  const bytes = readFileSync(new URL(name, import.meta.url));
  return new TextDecoder().decode(isGzip(bytes) ? gunzipSync(bytes) : bytes);
}

/** Each event that jfr print shows as `thread|amount|frame;…`. */
function printedEvents(text: string): string[] {
  return text
    .split(/^(?=jdk\.)/m)
    .filter((event) => event.trim() !== '')
    .map((event) => {
      const [, thread = ''] = /eventThread = "([^"]*)"/.exec(event) ?? [];
      const [, amount = '', unit = ''] = /(?:duration|samplingPeriod) = ([\d.]+) (\w+)/.exec(event) ?? [];
      const frames = [...event.matchAll(/^ {4}(\S.*\))(?: +line: (\d+))?$/gm)].map(
        ([, name, line = 0]) => `${name}:${line}`,
      );
      return `${thread}|${amount} ${unit}|${frames.join(';')}`;
    });
}

/** Methods that the JDK marks as hidden, which jfr print leaves out and jfrconv doesn't. */
const HIDDEN =
  /\$\$Lambda\/0x\w+\.|^java\.lang\.Thread\.runWith|^java\.lang\.invoke\.(LambdaForm|DirectMethodHandle|Invokers|DelegatingMethodHandle)\$/;

function shownEvents(profile: Profile): string[] {
  const { samples, strings, threads, stacks, frames, functions, values } = profile;
  const columnOf = (wanted: string) => samples.weights[values.findIndex(({ type }) => type === wanted)];
  const [period, duration] = [columnOf('cpu time'), columnOf('traced time')];
  return Array.from({ length: samples.length }, (_, sample) => {
    const list: string[] = [];
    for (let at = samples.stack[sample]; at !== NONE; at = stacks.parent[at]) {
      const frame = stacks.frame[at];
      const name = strings[functions.fullName[frames.function[frame]]];
      if (!HIDDEN.test(name)) list.push(`${name}:${frames.line[frame]}`);
    }
    const thread = strings[threads.name[samples.thread[sample]]];
    return `${thread}|${printedTime(period[sample] || duration[sample])}|${list.join(';')}`;
  });
}

/** Three digits, as `jfr print` writes a duration. */
function printedTime(ns: number): string {
  const [value, unit] = ns >= 1e9 ? [ns / 1e9, 's'] : ns >= 1e6 ? [ns / 1e6, 'ms'] : [ns / 1e3, 'us'];
  return `${value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)} ${unit}`;
}
