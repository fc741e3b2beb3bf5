import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { selfByName } from '../../support/self-by-name.ts';

interface Facts {
  readonly total_self_size: number;
  readonly top_self: readonly (readonly [string, number])[];
}

describe('heap profiles of V8 that other people made', { skip: corpusMissing }, () => {
  for (const { file, path, facts: all } of corpusFiles('heapprofile')) {
    const facts = all as unknown as Facts;
    it(`${file} has its bytes, in all and by function`, () => {
      const source = bytesInMemory(readFileSync(path), file);
      assert.equal(importerFor(source)?.format, 'V8 heapprofile');
      const profile = importProfile(source);
      assert.deepEqual(profile.values, [{ type: 'inuse_space', unit: 'bytes' }]);
      const self = selfByName(profile, 0);
      assert.equal(
        [...self.values()].reduce((a, b) => a + b, 0),
        facts.total_self_size,
      );
      for (const [name, bytes] of facts.top_self) assert.equal(self.get(name), bytes, name);
    });
  }
});
