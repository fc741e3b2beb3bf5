import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { constants, zstdCompressSync } from 'node:zlib';
import { PerfBytes, perfRecord } from '../../../scripts/bench/perf-data-writer.ts';
import { ZstdBlocks } from '../../../src/core/importers/reading/zstd-blocks.ts';
import { framesOf, imported, perfFile, recordsOf } from '../../support/perf-data/perf-file.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** What comes out of a stream that goes in in pieces of the sizes `next` gives. */
function inflated(stream: Uint8Array, next: () => number): Buffer {
  const parts: Uint8Array[] = [];
  const blocks = new ZstdBlocks((content) => parts.push(content.slice()));
  for (let start = 0; start < stream.length; ) {
    const piece = stream.subarray(start, Math.min(stream.length, start + next()));
    for (let at = 0; at < piece.length; ) at = blocks.push(piece, at);
    start += piece.length;
  }
  blocks.end();
  return Buffer.concat(parts);
}

function bytesOf(length: number, seed: number, kinds: number): Buffer {
  const random = seededRandom(seed);
  return Buffer.from(Uint8Array.from({ length }, () => Math.floor(random() * kinds)));
}

describe('Zstandard blocks', () => {
  const contents = [
    bytesOf(300_000, 1, 4),
    bytesOf(200_000, 2, 256),
    Buffer.alloc(500_000, 7),
    bytesOf(1, 3, 2),
    Buffer.alloc(0),
  ];

  it('come out as they went in, wherever the stream is cut', () => {
    for (const [index, content] of contents.entries()) {
      for (const checksum of [0, 1]) {
        const stream = zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: checksum } });
        for (const most of [1, 3, 100, 65536]) {
          const random = seededRandom(most);
          const out = inflated(stream, () => 1 + Math.floor(random() * most));
          assert.ok(out.equals(content), `content ${index}, checksum ${checksum}, pieces of up to ${most}`);
        }
      }
    }
  });

  it('of several frames, with skippable ones between them, follow one another', () => {
    const skipped = new PerfBytes().u32(0x184d2a53, 5).u8(1, 2, 3, 4, 5).finish();
    const stream = Buffer.concat([
      zstdCompressSync(contents[0]),
      skipped,
      zstdCompressSync(contents[1]),
      zstdCompressSync(contents[3]),
    ]);
    for (const size of [1, 7, 4096]) {
      assert.ok(
        inflated(stream, () => size).equals(Buffer.concat([contents[0], contents[1], contents[3]])),
        `pieces of ${size}`,
      );
    }
  });

  it('that are larger than a block may be, or need a vast window, are refused', () => {
    const frame = (window: number) => new PerfBytes().u32(0xfd2fb528).u8(0, window);
    const push = (to: PerfBytes) => () => new ZstdBlocks(() => {}).push(to.finish(), 0);
    assert.throws(push(frame(0).u8(...[0, 0, 0xff])), /a block of \d+ bytes/);
    assert.throws(push(frame(0xf8).u8(0, 0, 0)), /a window of more than/);
    assert.throws(push(new PerfBytes().u32(0x12345678).u64(0)), /does not start with the Zstandard magic/);
  });
});

describe('compressed records', () => {
  const { comm, map, sample } = recordsOf();
  const inner = [
    comm(10, 10, 1, 'prog'),
    map(10, 2, 0x400000, 0x10000, 0, '/bin/prog'),
    ...Array.from({ length: 3000 }, (_, index) =>
      sample(10, 10, 10 + index, [0x400000 + (index % 50), 0x400100, 0x400200]),
    ),
  ];
  const plain = imported(perfFile({ records: inner }));
  const stream = zstdCompressSync(Buffer.concat(inner));
  const inPieces = (type: number, sizes: number) => {
    const records: Uint8Array[] = [];
    for (let at = 0; at < stream.length; at += sizes) {
      const piece = stream.subarray(at, at + sizes);
      const padding = new Uint8Array((8 - (piece.length % 8)) % 8);
      records.push(
        perfRecord(
          type,
          0,
          (to) => void (type === 81 ? to.bytes(piece) : to.u64(piece.length).bytes(piece).bytes(padding)),
        ),
      );
    }
    return records;
  };

  it('give what they hold, wherever the stream was cut, of either kind', () => {
    for (const type of [81, 83]) {
      for (const size of [13, 1000, 60_000]) {
        const profile = imported(perfFile({ records: inPieces(type, size) }));
        assert.deepEqual(profile, plain, `type ${type}, pieces of ${size}`);
      }
    }
    assert.deepEqual(framesOf(plain, 0), ['/bin/prog+0x0', '/bin/prog+0xff', '/bin/prog+0x1ff']);
  });

  it('broken in the middle give what comes before, and a warning', () => {
    const records = inPieces(81, 1000);
    records[2] = records[2].map((byte, index) => (index < 16 ? byte : byte ^ 0x5a));
    const profile = imported(perfFile({ records }));
    assert.ok(profile.samples.length < 3000);
    assert.match(profile.quality.warnings.join(), /a compressed record can't be inflated .*at byte \d+/);
  });

  it('that would fill memory are not inflated to their end', () => {
    // Blocks of 128 KiB zeros in four bytes each: 32,768 times their size.
    const bomb = new PerfBytes().u32(0xfd2fb528).u8(0, 0x38);
    for (let block = 0; block < 10_000; block++) {
      const header = (1 << 1) | ((128 * 1024) << 3);
      bomb.u8(header & 0xff, (header >> 8) & 0xff, (header >> 16) & 0xff, 0);
    }
    const records: Uint8Array[] = [];
    for (let at = 0; at < bomb.length; at += 8000)
      records.push(perfRecord(81, 0, (to) => to.bytes(bomb.finish().subarray(at, at + 8000))));
    const { quality } = imported(perfFile({ records }));
    assert.match(quality.warnings.join(), /before a broken place was read/);
  });
});
