import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { corpusFiles } from '../../support/corpus.ts';

const FIXTURES = new URL('../../fixtures/dhat/', import.meta.url).pathname;
const FILES = [
  ...corpusFiles('dhat').map(({ path }) => path),
  ...readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.dhat'))
    .map((name) => FIXTURES + name),
];
type Point = Readonly<Record<string, number>> & { readonly fs: readonly number[] };
const imported = (file: object) => importProfile(bytesInMemory(Buffer.from(JSON.stringify(file))));

describe('a file of DHAT', () => {
  for (const path of FILES) {
    it(`${path.replace(/^.*\//, '')} has all its points with all their figures and frames`, () => {
      const packed = readFileSync(path);
      const bytes = path.endsWith('.gz') ? gunzipSync(packed) : packed;
      assert.equal(importerFor(bytesInMemory(bytes))?.format, 'dhat');
      const profile = importProfile(bytesInMemory(bytes));
      const { pps, ftbl } = JSON.parse(bytes.toString()) as { pps: Point[]; ftbl: string[] };
      const { samples, stacks, frames, functions, strings, values } = profile;
      assert.equal(samples.length, pps.length);
      const keys = ['tb', 'tbk', 'gb', 'gbk', 'eb', 'ebk', 'rb', 'wb'].filter((key) => key in pps[0]);
      assert.equal(values.length, keys.length);
      for (const [sample, point] of pps.entries()) {
        assert.deepEqual(
          keys.map((_, value) => samples.weights[value][sample]),
          keys.map((key) => point[key] ?? 0),
        );
        const names: string[] = [];
        for (let stack = samples.stack[sample]; stack !== -1; stack = stacks.parent[stack]) {
          const frame = stacks.frame[stack];
          const func = frames.function[frame];
          const file = strings[functions.file[func]];
          const column = frames.column[frame] > 0 ? `:${frames.column[frame]}` : '';
          const name = strings[functions.name[func]];
          names.push(file === '' ? name : `${name} (${file}:${frames.line[frame]}${column})`);
        }
        const expected = point.fs.map((frame) => ftbl[frame]).filter((text) => text !== '[root]');
        assert.deepEqual(
          names,
          expected.map((text) =>
            text
              .replace(/^0x\w+: /, '')
              .replace(/ \(in .*\)$/, '')
              .replace(/:0:0\)$/, ':0)'),
          ),
        );
      }
    });
  }

  it('has functions inlined where two frames are at one address', () => {
    const profile = imported({
      dhatFileVersion: 2,
      pps: [{ tb: 1, tbk: 1, fs: [1, 2, 3] }],
      ftbl: ['[root]', '0x10: in (a.c:1)', '0x10: out (a.c:9)', '0x20: main (a.c:20)'],
    });
    assert.deepEqual([...profile.frames.inlined], [0, 0, 1]);
  });

  it('has recursion from one place as calls, also through what is inlined there', () => {
    const inlined = (fs: readonly number[]) => {
      const ftbl = ['[root]', '0x10: malloc (m.c:1)', '0x20: f (a.c:3)', '0x20: g (a.c:9)', '0x30: main (a.c:20)'];
      const { stacks, frames } = imported({ dhatFileVersion: 2, pps: [{ tb: 1, tbk: 1, fs }], ftbl });
      // Outermost first, as the only stack was made.
      return Array.from(stacks.frame, (frame) => frames.inlined[frame]);
    };
    assert.deepEqual(inlined([1, 2, 2, 2, 4]), [0, 0, 0, 0, 0]);
    assert.deepEqual(inlined([1, 2, 3, 2, 3, 4]), [0, 0, 1, 0, 1, 0]);
  });

  it('is refused where a stack has a frame that is not there', () => {
    assert.throws(
      () => imported({ dhatFileVersion: 2, pps: [{ tb: 1, tbk: 1, fs: [4] }], ftbl: ['a'] }),
      MalformedInput,
    );
    assert.throws(
      () => imported({ dhatFileVersion: 2, pps: [{ tb: 1, tbk: 1, fs: [-1] }], ftbl: ['a'] }),
      MalformedInput,
    );
  });
});

describe('what DHAT counts by request of a program', () => {
  const counted = (words: object) => {
    const { values, samples } = imported({
      dhatFileVersion: 2,
      mode: 'ad-hoc',
      verb: 'Occurred',
      ...words,
      pps: [{ tb: 1225, tbk: 50, fs: [1] }],
      ftbl: ['[root]', '0x1: work (a.c:4)'],
    });
    return values.map(({ type, unit }, value) => [type, unit, samples.weights[value][0]]);
  };

  it('is no memory: it has the words of the file', () => {
    assert.deepEqual(counted({ bu: 'unit', bsu: 'units', bksu: 'events' }), [
      ['occurred_units', 'count', 1225],
      ['occurred_events', 'count', 50],
    ]);
    assert.deepEqual(
      counted({ bu: 'x', bsu: 'x', bksu: 'x' }).map(([, , weight]) => weight),
      [1225, 50],
    );
  });
});
