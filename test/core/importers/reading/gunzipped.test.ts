import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { importProfile } from '../../../../src/core/importers/import-profile.ts';
import { MalformedInput, UNWATCHED, UnrecognisedInput } from '../../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { gunzipped } from '../../../../src/core/importers/reading/gunzipped.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const TEXT = readFileSync(new URL('../../../fixtures/perf-script/planted-c.txt', import.meta.url));
const PLAIN = importProfile(bytesInMemory(TEXT));

describe('a file that is packed with gzip', () => {
  it('is read as what is in it', () => {
    assert.deepEqual(importProfile(bytesInMemory(gzipSync(TEXT))), PLAIN);
  });

  it('may be several packed one after another', () => {
    const halves = [TEXT.subarray(0, 4000), TEXT.subarray(4000)].map((half) => gzipSync(half));
    assert.deepEqual(importProfile(bytesInMemory(Buffer.concat(halves))), PLAIN);
  });

  it('tells of progress in its own bytes', () => {
    const packed = gzipSync(TEXT);
    let last = 0;
    importProfile(bytesInMemory(packed), { progress: (bytesRead) => (last = bytesRead) });
    assert.ok(Math.abs(last - packed.length) < 1e-6, `${last} of ${packed.length}`);
  });

  it('cut or changed anywhere, gives no more than it holds or is refused in words', () => {
    const packed = gzipSync(TEXT);
    const random = seededRandom(3);
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(packed.subarray(0, 1 + Math.floor(random() * packed.length)));
      if (random() < 0.5) bytes[Math.floor(random() * bytes.length)] ^= 1 << Math.floor(random() * 8);
      try {
        importProfile(bytesInMemory(bytes));
      } catch (error) {
        assert.ok(error instanceof MalformedInput || error instanceof UnrecognisedInput, String(error));
      }
    }
  });

  it('that lacks its second half is read up to there', () => {
    const long = Buffer.concat(Array.from({ length: 300 }, () => TEXT.subarray(TEXT.indexOf('\n\n') + 2)));
    const packed = gzipSync(long, { level: 1 });
    const { samples } = importProfile(bytesInMemory(packed.subarray(0, packed.length / 2)));
    assert.ok(samples.length > 100, `${samples.length} samples`);
  });

  it('is refused where more is packed in it than is allowed', () => {
    const packed = bytesInMemory(gzipSync(Buffer.alloc(1 << 22)));
    assert.throws(() => gunzipped(packed, UNWATCHED, 1 << 20), /more than 1048576 bytes are packed in it/);
    assert.equal(gunzipped(packed, UNWATCHED, 1 << 22).source.size, 1 << 22);
  });

  it('is refused where it is packed twice', () => {
    assert.throws(() => importProfile(bytesInMemory(gzipSync(gzipSync(TEXT)))), /packed twice/);
  });
});
