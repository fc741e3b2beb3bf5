import assert from 'node:assert/strict';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lookUpInMap, lookUpPerfMap } from '../../src/symbols/perf-map.ts';
import { seededRandom } from '../support/seeded-random.ts';

function namesIn(map: string, addresses: readonly number[]): (string | undefined)[] {
  const { ofAddress, names } = lookUpInMap(Buffer.from(map), Float64Array.from(addresses));
  return Array.from(ofAddress, (name) => names[name]);
}

describe('a perf map', () => {
  it('names the addresses of its entries', () => {
    const map = '1000 10 LazyCompile:*hot /a b.js:1:2\n0x2000 8 Builtin\n';
    assert.deepEqual(namesIn(map, [0xfff, 0x1000, 0x100f, 0x1010, 0x2007, 0x2008]), [
      undefined,
      'LazyCompile:*hot /a b.js:1:2',
      'LazyCompile:*hot /a b.js:1:2',
      undefined,
      'Builtin',
      undefined,
    ]);
  });

  it('counts the last entry where code was moved over other code', () => {
    const map = '1000 100 old\n1040 20 new\n1050 4 newest\n';
    assert.deepEqual(namesIn(map, [0x1000, 0x1040, 0x1050, 0x1054, 0x1060]), ['old', 'new', 'newest', 'new', 'old']);
  });

  it('names each address as a search from its end would', () => {
    const random = seededRandom(7);
    const entries = Array.from({ length: 300 }, (_, at) => ({
      start: Math.floor(random() * 4000),
      size: Math.floor(random() * 60),
      name: `f${at}`,
    }));
    const addresses = Array.from({ length: 500 }, () => Math.floor(random() * 4200)).sort((a, b) => a - b);
    const map = entries.map(({ start, size, name }) => `${start.toString(16)} ${size.toString(16)} ${name}\n`).join('');
    assert.deepEqual(
      namesIn(map, addresses),
      addresses.map(
        (address) =>
          entries.findLast(({ start, size }) => address >= start && address < start + Math.max(size, 1))?.name,
      ),
    );
  });

  it('with lines that are no entries is read past them', () => {
    const map =
      '\n\nnonsense\n zz 10 bad\n1000\n1000 10\n1000 10 good\nffffffffffffffff ffffffffffffffff far\n1000 10 cut';
    assert.deepEqual(namesIn(map, [0x1001]), ['cut']);
    assert.deepEqual(namesIn('', [1]), [undefined]);
    assert.deepEqual(namesIn('1000 10 x', []), []);
  });

  it('that is not there, is no file, or belongs to someone else is not used', {
    skip: process.getuid?.() !== 0 && 'needs root',
  }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'perfwright-perf-map-'));
    try {
      const path = join(folder, 'perf-1.map');
      const addresses = Float64Array.of(0x1000);
      assert.match(lookUpPerfMap(path, addresses).problem, /there is none/);
      assert.match(lookUpPerfMap(folder, addresses).problem, /there is none/);
      writeFileSync(path, '1000 10 mine\n');
      assert.deepEqual(lookUpPerfMap(path, addresses), { ofAddress: Int32Array.of(0), names: ['mine'], problem: '' });
      chownSync(path, 12345, 12345);
      const { names, problem } = lookUpPerfMap(path, addresses);
      assert.deepEqual(names, []);
      assert.match(problem, /belongs to user 12345/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
