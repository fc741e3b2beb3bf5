import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { importProfile } from '../../../../src/core/importers/import-profile.ts';
import { UNWATCHED } from '../../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { gunzipped } from '../../../../src/core/importers/reading/gunzipped.ts';
import { readDamagedPacking } from '../../../support/damaged-packing.ts';

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

  it('says that it is empty where nothing is packed in it', () => {
    const nothing = gzipSync('');
    for (const packed of [nothing, Buffer.concat([nothing, nothing])]) {
      assert.throws(() => importProfile(bytesInMemory(packed, 'stacks.gz')), {
        name: 'UnrecognisedInput',
        message: /^stacks\.gz is empty: what is packed in it has no bytes/,
      });
    }
    assert.throws(
      () => importProfile(bytesInMemory(nothing.subarray(0, -4))),
      /nothing can be unpacked: it is cut short/,
    );
  });

  it('tells of progress in its own bytes', () => {
    const packed = gzipSync(TEXT);
    let last = 0;
    importProfile(bytesInMemory(packed), { progress: (bytesRead) => (last = bytesRead) });
    assert.ok(Math.abs(last - packed.length) < 1e-6, `${last} of ${packed.length}`);
  });

  it('cut or changed anywhere, is read as far as it goes with a warning, or is refused in words', () => {
    const { warned, refused } = readDamagedPacking(gzipSync(TEXT), PLAIN);
    assert.ok(warned > 0 && refused > 0, `${warned} with a warning, ${refused} refused`);
  });

  it('has a warning where a checksum is not that of what was packed, of each that was packed', () => {
    const [first, second] = [TEXT.subarray(0, 4000), TEXT.subarray(4000)].map((half) => gzipSync(half));
    const wrong = Buffer.from(first);
    wrong[wrong.length - 8] ^= 1;
    for (const parts of [
      [wrong, second],
      [first, second.subarray(0, -8)],
      [first, second.subarray(0, -1)],
    ]) {
      const { samples, quality } = importProfile(bytesInMemory(Buffer.concat(parts)));
      assert.equal(samples.length, PLAIN.samples.length);
      assert.match(quality.warnings.join(' '), /The file is broken \(it is cut short or was changed/);
    }
  });

  it('that lacks its second half is read up to there, with a warning', () => {
    const long = Buffer.concat(Array.from({ length: 300 }, () => TEXT.subarray(TEXT.indexOf('\n\n') + 2)));
    const packed = gzipSync(long, { level: 1 });
    const { samples, quality } = importProfile(bytesInMemory(packed.subarray(0, packed.length / 2)));
    assert.ok(samples.length > 100, `${samples.length} samples`);
    assert.match(quality.warnings.join(' '), /broken/);
  });

  it('whose sound part is of no use is refused with what is wrong with it', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `"f${(at * 7919) % 5003}"`).join();
    const packed = gzipSync(`{"nodes":[],"timeDeltas":[1],"x":[${names}]}`);
    assert.throws(
      () => importProfile(bytesInMemory(packed.subarray(0, packed.length / 2))),
      /^MalformedInput: gzip: it is broken \([^)]+\), and what could be unpacked can't be used: V8 cpuprofile, at/,
    );
    const prose = gzipSync(names);
    assert.throws(
      () => importProfile(bytesInMemory(prose.subarray(0, prose.length / 2), 'p.gz')),
      /p\.gz is not in a format that is read here.* It is broken \([^)]+\)\./,
    );
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
