import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { importProfile } from '../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../src/core/importers/importer.ts';
import { IMPORTERS } from '../src/core/importers/index.ts';
import { bytesInMemory } from '../src/core/importers/reading/byte-source.ts';
import { isGzip } from '../src/core/importers/reading/gunzipped.ts';
import type { Profile } from '../src/core/profile/profile.ts';
import { profileSummary } from './support/profile-summary.ts';
import { seededRandom } from './support/seeded-random.ts';

const FIXTURES = new URL('fixtures/', import.meta.url).pathname;
/** Cuts that are tried of each fixture: every one up to here, where headers are, then as many again anywhere. */
const CUTS = 200;
/** Formats of sums without samples. */
const GRAPHS = new Set(['callgrind']);

for (const { format } of IMPORTERS) {
  // `perf.data` has its fixtures in `perf-data`.
  const folder = join(FIXTURES, format.replaceAll(/\W+/g, '-'));
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.golden')) : [];
  describe(`${format}, on real files`, () => {
    it('has two or more', () => assert.ok(files.length >= 2, `${folder} has ${files.length}`));
    for (const file of files) check(format, join(folder, file), file);
  });
}

/** What can only shrink where a file is cut: samples, or the cost where stacks are worked out from a graph of calls. */
function size({ origin, samples }: Profile): number {
  return GRAPHS.has(origin.format) ? samples.weights[0].reduce((sum, weight) => sum + weight, 0) : samples.length;
}

/** Everything that holds for any file of any format. */
function check(format: string, path: string, name: string): void {
  const bytes = readFileSync(path);

  it(`${name} says what its golden file says`, () => {
    const golden = `${path}.golden`;
    const found = profileSummary(importProfile(bytesInMemory(bytes, name)));
    if (process.env['UPDATE']) writeFileSync(golden, found);
    assert.equal(found, readFileSync(golden, 'utf8'));
  });

  it(`${name} says what its picture may mislead about`, () => {
    const { mayMislead } = importProfile(bytesInMemory(bytes, name)).origin;
    assert.ok(mayMislead.length > 0);
    for (const sentence of mayMislead) assert.match(sentence, /^[A-Z(].*\.$/);
  });

  it(`${name} imports the same when it is called unknown`, () => {
    // Also where it is packed with gzip, which no importer sees.
    const unknown = importProfile(bytesInMemory(bytes, 'unknown'));
    assert.equal(unknown.origin.format, format);
    assert.deepEqual(unknown, importProfile(bytesInMemory(bytes, name)));
  });

  if (!isGzip(bytes)) {
    it(`${name} imports the same when it is packed`, () =>
      saysTheSame(bytes, [gzipSync(bytes), zstdCompressSync(bytes)]));
  }

  if (isUtf8(bytes) && !bytes.includes(0)) {
    it(`${name} imports the same when it is stored as UTF-16`, () => {
      const utf16 = Buffer.from(`\ufeff${bytes}`, 'utf16le');
      saysTheSame(bytes, [utf16, gzipSync(utf16), Buffer.from(utf16).swap16()]);
    });

    it(`${name} imports the same with a byte order mark and with lines as Windows ends them`, () => {
      const lines = bytes.toString().replaceAll(/\r?\n/g, '\r\n');
      saysTheSame(bytes, [Buffer.from(`\ufeff${bytes}`), Buffer.from(lines), zstdCompressSync(`\ufeff${lines}`)]);
    });
  }

  it(`${name}, cut off anywhere, is refused in words or gives no more than it holds`, () => {
    const whole = importProfile(bytesInMemory(bytes, name));
    const random = seededRandom(bytes.length);
    const places = new Set<number>();
    for (let place = 0; place < Math.min(CUTS, bytes.length); place++) places.add(place);
    for (let cut = 0; cut < CUTS; cut++) places.add(Math.floor(random() * bytes.length));
    for (const place of places) {
      const part = importedOrRefused(bytes.subarray(0, place), `${name} cut at ${place}`);
      if (part) assert.ok(size(part) <= size(whole), `cut at ${place}: ${size(part)}`);
    }
  });
}

/** A file says the same however it is stored. */
function saysTheSame(bytes: Uint8Array, stored: readonly Uint8Array[]): void {
  const expected = profileSummary(importProfile(bytesInMemory(bytes)));
  for (const other of stored) assert.equal(profileSummary(importProfile(bytesInMemory(other))), expected);
}

/** The profile, or undefined where the input is refused as it should be. Any other error is the test's. */
function importedOrRefused(bytes: Uint8Array, name: string): Profile | undefined {
  try {
    return importProfile(bytesInMemory(bytes, name));
  } catch (error) {
    if (error instanceof MalformedInput || error instanceof UnrecognisedInput) return undefined;
    throw new Error(`${name}: ${error}`, { cause: error });
  }
}
