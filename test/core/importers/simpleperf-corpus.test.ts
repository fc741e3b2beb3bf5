import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { stackFacts } from '../../support/stack-facts.ts';

/** The manifest has no figures of this file; these were counted by a program that knows protobuf's encoding and nothing of simpleperf. */
describe('a report of simpleperf', { skip: corpusMissing }, () => {
  const [entry] = corpusFiles('simpleperf');
  const bytes = entry ? readFileSync(entry.path) : Buffer.alloc(0);

  it('has its samples, events, threads and functions', () => {
    const profile = importProfile(bytesInMemory(bytes));
    const { samples, values, threads, strings, functions, frames, origin, quality } = profile;
    assert.equal(origin.format, 'simpleperf');
    assert.deepEqual(
      values.map(({ type, unit }, value) => [type, unit, samples.weights[value].reduce((a, b) => a + b, 0)]),
      [
        ['cpu-clock', 'nanoseconds', 231_750_000],
        ['cpu-clock samples', 'count', 927],
        ['sched:sched_switch', 'count', 307],
        ['sched:sched_switch samples', 'count', 307],
      ],
    );
    assert.equal(quality.lostSamples, 0);
    assert.deepEqual(quality.warnings, []);
    const main = Array.from(threads.tid).indexOf(7657);
    assert.equal(samples.thread.filter((thread) => thread === main).length, 778);
    assert.ok(Array.from(threads.name, (name) => strings[name]).includes('FinalizerWatchd'));
    const { self, inclusive } = stackFacts(profile, 0, (frame) =>
      frames.function[frame] === NONE
        ? strings[profile.modules.path[frames.module[frame]]]
        : strings[functions.fullName[frames.function[frame]]],
    );
    assert.equal(self.get('[kernel.kallsyms]'), 77_000_000);
    assert.equal(self.get('art::Constructor_newInstance0(_JNIEnv*, _jobject*, _jobjectArray*)'), 10_750_000);
    assert.equal(inclusive.get('android.os.Looper.loop'), 139_500_000);
  });

  it('cut or changed anywhere, gives no more than it holds or is refused in words', () => {
    const plain = gunzipSync(bytes);
    const random = seededRandom(5);
    for (let round = 0; round < 60; round++) {
      const damaged = Buffer.from(plain.subarray(0, 1 + Math.floor(random() ** 3 * plain.length)));
      if (random() < 0.7) damaged[Math.floor(random() * damaged.length)] ^= 1 << Math.floor(random() * 8);
      try {
        assert.ok(importProfile(bytesInMemory(damaged)).samples.length <= 1234);
      } catch (error) {
        assert.ok(error instanceof MalformedInput || error instanceof UnrecognisedInput, String(error));
      }
    }
  });
});
