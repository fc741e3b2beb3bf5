import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { dataQuality } from '../../../src/core/profile/data-quality.ts';
import { UNKNOWN_QUALITY } from '../../../src/core/profile/profile.ts';
import { overview } from '../../../src/core/profile/queries/overview.ts';
import { QueryModel } from '../../../src/core/profile/queries/query-model.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';

const sound = { ...overview(new QueryModel(drawnProfile('main'))), samples: 10_000, unresolvedShare: 0 };

test('entries that stand for many samples are not taken for few samples', () => {
  const quality = (text: string) =>
    dataQuality(overview(new QueryModel(importProfile(bytesInMemory(Buffer.from(text))))));
  assert.doesNotMatch(quality('main;a 100000\nmain;b 50000\n').findings.join(), /Only/);
  assert.match(quality('main;a 1\nmain;b 50\n').findings.join(), /^Only 51 samples/);
  // Of a difference it isn't known.
  assert.doesNotMatch(quality('main;a 1 2\nmain;b 50 3\n').findings.join(), /Only/);
});

test('nothing against it is good data', () => {
  assert.deepEqual(dataQuality(sound), { word: 'good data', findings: [] });
});

test('each thing that speaks against the data is a finding', () => {
  const quality = { ...UNKNOWN_QUALITY, lostSamples: 500, brokenStacks: 2000, throttled: 1, warnings: ['odd'] };
  const { word, findings } = dataQuality({ ...sound, quality, unresolvedShare: 0.7, stacklessShare: 0.2 });
  assert.equal(word, 'check data');
  const begin = [
    '500 samples lost by the recorder',
    '20.0 % of the stacks are cut',
    'The kernel throttled sampling 1 time',
    '20.0 % of the cost has no stack',
    '50.0 % of the cost has no function name',
    'odd',
  ];
  assert.equal(findings.length, begin.length);
  for (const [at, words] of begin.entries()) assert.ok(findings[at].startsWith(words), findings[at]);
});

test('few samples are told, and none are no data', () => {
  assert.match(dataQuality({ ...sound, samples: 12 }).findings[0], /^Only 12 samples/);
  assert.equal(dataQuality({ ...sound, samples: 0 }).word, 'no data');
});
