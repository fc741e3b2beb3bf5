import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { chromeTrace } from '../../../src/core/importers/chrome-trace.ts';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { totalByName } from '../../support/total-by-name.ts';

interface Facts {
  readonly events: number;
  readonly by_phase: Readonly<Record<string, number>>;
  readonly max_ts: number | null;
  readonly top_X_total_dur_us: readonly (readonly [string | null, number, number])[];
  readonly profile_chunks: number;
}

/** Begun and ended, too, so that the sum of its complete events isn't its time. */
const IN_OTHER_EVENTS = 'chrome-trace/not-enough-end-events.json A';

/** Those that bring a CPU profile, which is shown. */
function eventsOfProfiles(bytes: Uint8Array, { profile_chunks }: Facts): number {
  if (profile_chunks === 0) return 0;
  const { traceEvents } = JSON.parse(Buffer.from(bytes).toString()) as { traceEvents: { name: string }[] };
  return traceEvents.filter(({ name }) => name === 'Profile' || name === 'ProfileChunk').length;
}

describe('Chrome traces that other people made', { skip: corpusMissing }, () => {
  for (const { file, path, facts: all } of corpusFiles('chrome-trace')) {
    const facts = all as unknown as Facts;
    const packed = readFileSync(path);
    const bytes = path.endsWith('.gz') ? gunzipSync(packed) : packed;

    it(`${file} has as many events, and its durations`, () => {
      assert.ok(chromeTrace.recognises(bytes.subarray(0, 65536)));
      const profile = importProfile(bytesInMemory(bytes, file));
      const { B = 0, E = 0, X = 0, M = 0, ...others } = facts.by_phase;
      const shown = B + E + X + M;
      assert.equal(
        Object.values(others).reduce((a, b) => a + b, 0),
        facts.events - shown,
      );
      const skipped = /and not (\d+) others?/.exec(profile.origin.mayMislead.join())?.[1] ?? '0';
      assert.equal(Number(skipped), facts.events - shown - eventsOfProfiles(bytes, facts));
      const wall = profile.values.findIndex(({ type }) => type === 'wall');
      const totals = totalByName(profile, wall);
      for (const [name, microseconds] of facts.top_X_total_dur_us) {
        if (name === null || `${file} ${name}` === IN_OTHER_EVENTS) continue;
        assert.equal(Math.round(totals.get(name) ?? 0), microseconds * 1000, name);
      }
    });

    it(`${file} has all samples of its CPU profile`, () => {
      if (facts.profile_chunks === 0) return;
      const profile = importProfile(bytesInMemory(bytes, file));
      const chunks: { lines?: number[]; cpuProfile?: { samples?: number[] } }[] = JSON.parse(bytes.toString())
        .traceEvents.filter(({ name }: { name: string }) => name === 'ProfileChunk')
        .map(({ args }: { args: { data: object } }) => args.data);
      const count = chunks.reduce((sum, { cpuProfile }) => sum + (cpuProfile?.samples?.length ?? 0), 0);
      const ofProfile = Array.from(profile.samples.weights[1]).filter((weight) => weight === 1);
      assert.equal(ofProfile.length, count);
      // The line of each sample, as the trace has it.
      const lines = new Map<number, number>();
      for (const { lines: own = [] } of chunks) for (const line of own) lines.set(line, (lines.get(line) ?? 0) + 1);
      const found = new Map<number, number>();
      const { samples, stacks, frames } = profile;
      for (let sample = 0; sample < samples.length; sample++) {
        if (samples.weights[1][sample] === 0 || samples.stack[sample] === -1) continue;
        const line = frames.line[stacks.frame[samples.stack[sample]]];
        found.set(line, (found.get(line) ?? 0) + 1);
      }
      for (const [line, number] of lines) if (line > 0) assert.equal(found.get(line), number, `line ${line}`);
    });
  }
});
