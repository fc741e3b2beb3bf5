import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';

/** What `perf script` and `perf report` say of a file; for two files perf 6.1 refuses, only the walk over the records says anything. */
interface Facts {
  readonly hostname?: string;
  readonly arch?: string;
  readonly cmdline?: string;
  readonly events?: readonly string[];
  readonly samples_by_event: Readonly<Record<string, number>>;
  readonly period_by_event: Readonly<Record<string, number>>;
  readonly samples_by_comm: Readonly<Record<string, number>>;
  readonly record_walk: Readonly<Record<string, number>>;
}

describe('perf.data of the corpus', { skip: corpusMissing }, () => {
  for (const { file, path, facts } of corpusFiles('perf-data')) {
    it(`${file} has its samples, periods, threads and origin`, () => {
      const bytes = readFileSync(path);
      hasFacts(importProfile(bytesInMemory(bytes, file)), facts as unknown as Facts);
    });
  }
});

function hasFacts(profile: Profile, facts: Facts): void {
  const { samples, threads, strings, origin, values } = profile;
  assert.equal(samples.length, facts.record_walk['SAMPLE']);
  const total = (type: string) => {
    const value = values.findIndex((own) => own.type === type);
    return value < 0 ? undefined : stackWeights(profile, { value }).total;
  };
  const isOnly = values.some(({ type }) => type === 'samples');
  for (const [event, count] of Object.entries(facts.samples_by_event)) {
    assert.equal(total(isOnly ? 'samples' : `${event} samples`), count, `samples of ${event}`);
  }
  for (const [event, period] of Object.entries(facts.period_by_event))
    assert.equal(total(event), period, `periods of ${event}`);
  for (const event of facts.events ?? []) {
    assert.equal(
      total(event) === undefined,
      event.startsWith('dummy'),
      `${event} among ${values.map(({ type }) => type)}`,
    );
  }
  for (const [comm, count] of Object.entries(facts.samples_by_comm)) {
    const own = samples.thread.reduce((sum, thread) => sum + Number(strings[threads.name[thread]] === comm), 0);
    assert.equal(own, count, `samples of ${comm}`);
  }
  if (facts.hostname !== undefined) assert.equal(origin.hostname, facts.hostname);
  if (facts.arch !== undefined) assert.equal(origin.architecture, facts.arch);
  if (facts.cmdline !== undefined) assert.equal(origin.commandLine.join(' '), facts.cmdline);
}
