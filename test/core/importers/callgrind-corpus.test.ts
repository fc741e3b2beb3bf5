import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { stackFacts } from '../../support/stack-facts.ts';

/**
 * Self and total of main, func1 and func2, by value. The manifest has no figures of these files; these are read off them: main calls func1
 * once and func2 three times, func1 calls func2 twice.
 */
const EXPECTED: Readonly<Record<string, readonly (readonly (readonly [number, number])[])[]>> = {
  'callgrind/callgrind.example.log': [
    [
      [20, 820],
      [100, 400],
      [700, 700],
    ],
  ],
  'callgrind/callgrind.name-compression.log': [
    [
      [20, 820],
      [100, 400],
      [700, 700],
    ],
  ],
  // In units of 10 ns, and bytes.
  'callgrind/callgrind.multiple-event-types.log': [
    [
      [200, 8200],
      [1000, 4000],
      [7000, 7000],
    ],
    [
      [15000, 38000],
      [15000, 20000],
      [8000, 8000],
    ],
  ],
};

describe('callgrind files of other people', { skip: corpusMissing }, () => {
  for (const { file, path } of corpusFiles('callgrind')) {
    it(`${file} has its costs`, () => {
      const profile = importProfile(bytesInMemory(readFileSync(path)));
      assert.equal(profile.origin.format, 'callgrind');
      assert.deepEqual(profile.quality.warnings.length, 1, 'that the last line has no line end');
      const found = profile.values.map((_, value) => {
        const { self, inclusive } = stackFacts(profile, value);
        return ['main', 'func1', 'func2'].map((name) => [self.get(name), inclusive.get(name)]);
      });
      assert.deepEqual(found, EXPECTED[file]);
    });
  }
});
