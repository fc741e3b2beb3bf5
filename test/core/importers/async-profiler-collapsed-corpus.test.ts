import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { FRAME_KINDS, type Profile } from '../../../src/core/profile/profile.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { stackFacts } from '../../support/stack-facts.ts';

describe('collapsed stacks of async-profiler', { skip: corpusMissing }, () => {
  for (const { file, path, facts } of corpusFiles('async-profiler-collapsed')) {
    it(`${file} has its total, stacks and costs`, () => {
      const bytes = readFileSync(path);
      const profile = importProfile(bytesInMemory(bytes));
      assert.equal(profile.origin.format, 'async-profiler collapsed');
      const isMarked = bytes.includes('_[j]');
      const found = stackFacts(profile, 0, (frame) => asWritten(profile, frame, isMarked));
      assert.equal(found.total, facts['total']);
      assert.equal(found.distinctStacks, facts['distinct_stacks']);
      assert.equal(found.maxDepth, facts['max_depth']);
      assert.deepEqual(profile.quality.warnings, []);
      for (const [name, cost] of facts['top_self'] as [string, number][])
        assert.equal(found.self.get(name), cost, name);
      for (const [name, cost] of facts['top_inclusive'] as [string, number][])
        assert.equal(found.inclusive.get(name), cost, name);
    });
  }
});

function asWritten({ frames, functions, strings }: Profile, frame: number, isMarked: boolean): string {
  const name = strings[functions.fullName[frames.function[frame]]];
  if (!isMarked || FRAME_KINDS[frames.kind[frame]] !== 'jit') return name;
  return `${name}_[${frames.inlined[frame] ? 'i' : 'j'}]`;
}
