import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { getHeapStatistics } from 'node:v8';
import { constants, createZstdCompress, zstdCompressSync } from 'node:zlib';
import { importProfile } from '../../../../src/core/importers/import-profile.ts';
import { UNWATCHED } from '../../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { unzstd } from '../../../../src/core/importers/reading/unzstd.ts';
import { readDamagedPacking } from '../../../support/damaged-packing.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const TEXT = readFileSync(new URL('../../../fixtures/perf-script/planted-c.txt', import.meta.url));
const PLAIN = importProfile(bytesInMemory(TEXT));

describe('a file that is packed with zstd', () => {
  it('is read as what is in it, of any size', () => {
    assert.deepEqual(importProfile(bytesInMemory(zstdCompressSync(TEXT))), PLAIN);
    const random = seededRandom(1);
    const large = Buffer.from(Array.from({ length: 700_000 }, () => Math.floor(random() * 40)));
    for (const length of [1, 131_071, 131_072, 131_073, 700_000]) {
      const { source, problem } = unzstd(bytesInMemory(zstdCompressSync(large.subarray(0, length))), UNWATCHED);
      const bytes = new Uint8Array(source.size);
      source.read(bytes, 0);
      assert.equal(problem, '');
      assert.ok(Buffer.from(bytes).equals(large.subarray(0, length)), `${length} bytes`);
    }
  });

  it('may be several packed one after another, with frames to skip between them', () => {
    const halves = [TEXT.subarray(0, 4000), TEXT.subarray(4000)].map((half) => zstdCompressSync(half));
    const skipped = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    assert.deepEqual(importProfile(bytesInMemory(Buffer.concat([skipped, halves[0], skipped, halves[1]]))), PLAIN);
  });

  it('cut or changed anywhere, is refused in words', () => {
    // It is one block: cut or changed, nothing can be had of it.
    assert.deepEqual(readDamagedPacking(zstdCompressSync(TEXT), PLAIN), { whole: 0, warned: 0, refused: 300 });
  });

  it('that is cut is read up to there, with a warning', () => {
    const long = Buffer.concat(Array.from({ length: 300 }, () => TEXT.subarray(TEXT.indexOf('\n\n') + 2)));
    const packed = zstdCompressSync(long);
    const { samples, quality } = importProfile(bytesInMemory(packed.subarray(0, packed.length - 3)));
    assert.ok(samples.length > 100, `${samples.length} samples`);
    assert.match(quality.warnings.join(' '), /broken \(it is cut short\)/);
  });

  it('is refused where more is packed in it than is allowed, or nothing, or it is packed twice', () => {
    const packed = bytesInMemory(zstdCompressSync(Buffer.alloc(1 << 22)));
    assert.throws(() => unzstd(packed, UNWATCHED, 1 << 20), /more than 1048576 bytes are packed in it/);
    assert.equal(unzstd(packed, UNWATCHED, 1 << 22).source.size, 1 << 22);
    assert.throws(
      () => unzstd(bytesInMemory(zstdCompressSync(Buffer.alloc(0))), UNWATCHED),
      /what is packed in it has no bytes/,
    );
    assert.throws(() => importProfile(bytesInMemory(zstdCompressSync(zstdCompressSync(TEXT)))), /packed twice/);
  });

  it('takes memory for what can come out of it, however far back it says it refers', async () => {
    // A window of 128 MB, as `zstd --ultra -22` writes where it doesn't know the size.
    const stream = createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: 27 } });
    const text = 'main;work 1\n';
    stream.end(text);
    const packed = await buffer(stream);
    assert.equal(packed[5] >> 3, 17, 'the window of the highest level');
    const before = getHeapStatistics().external_memory;
    assert.equal(unzstd(bytesInMemory(packed), UNWATCHED).source.size, text.length);
    const taken = getHeapStatistics().external_memory - before;
    assert.ok(taken < 4 << 20, `it took ${taken} bytes`);
  });

  it('and says how much is in it, is still read up to where it is cut', () => {
    const params = { [constants.ZSTD_c_windowLog]: 26 };
    const packed = zstdCompressSync(Buffer.alloc(40 << 20), { params });
    assert.equal(packed[4] & 0x20, 0x20, 'its size is its window');
    const { source, problem } = unzstd(bytesInMemory(packed.subarray(0, packed.length >> 1)), UNWATCHED);
    assert.ok(source.size > 10 << 20, `${source.size} bytes`);
    assert.match(problem, /cut short/);
  });
});
