import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Cuts, cutFile, isAtLineEnd, placesToCut } from '../../../scripts/fuzz/cuts.ts';
import { fixturesOf } from '../../../scripts/fuzz/formats.ts';
import { importerFor } from '../../../src/core/importers/import-profile.ts';
import { IMPORTERS } from '../../../src/core/importers/index.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { corpusFiles } from '../../support/corpus.ts';

/** A bounded part of what `npm run fuzz -- --cuts` tries. */
const CUTS_OF_A_FILE = 40;
const ROOT = new URL('../../../', import.meta.url).pathname;

/** Where a file of a format may be cut so that nothing tells, and why. Anywhere else, a cut is refused or has a warning. */
const UNTOLD: Readonly<Record<string, string>> = {
  'perf.data': 'between records of pipe mode, which nothing says the number or the end of',
  'austin mojo': 'after a whole sample: a file has no end of its own',
  folded: 'at the end of a line: each stands for itself',
  'py-spy raw': 'at the end of a line: each stands for itself',
  'async-profiler collapsed': 'at the end of a line: each stands for itself',
  austin: 'at the end of a line: each stands for itself',
  'perf script': 'after the blank line that ends a sample, or at the end of a line where each is a sample',
  'pprof-legacy': 'at the end of a line, where the head counts nothing',
  pprof: 'between fields: a message has no end of its own',
  callgrind: 'at the end of a line, where no totals are given',
};
/** Formats of which a cut is at a line's end where it isn't told. */
const LINES = new Set(['folded', 'py-spy raw', 'async-profiler collapsed', 'austin', 'perf script', 'callgrind']);

describe('a file that is cut is never silently whole', () => {
  const files = [
    ...corpusFiles('*').map(({ file, path }) => ({ name: file, bytes: readFileSync(path) as Uint8Array })),
    ...IMPORTERS.flatMap(({ format }) => [...fixturesOf(ROOT, format)]),
  ];
  for (const { name, bytes } of files) {
    const format = bytes.length === 0 ? undefined : importerFor(bytesInMemory(bytes))?.format;
    if (format === undefined) continue;
    it(`${name}, of ${format}`, () => {
      const size = Math.min(bytes.length, 65536);
      // Reading costs by the byte: of large files fewer cuts are tried.
      const count = Math.max(4, Math.min(CUTS_OF_A_FILE, Math.floor(2_000_000 / bytes.length)));
      const cuts: Cuts | undefined = cutFile(bytes, placesToCut(bytes.length, Math.max(1, Math.floor(size / count))));
      if (!cuts) return;
      assert.deepEqual(cuts.faults, []);
      const wrong = cuts.silent.filter(
        (place) => !(format in UNTOLD) || (LINES.has(format) && !isAtLineEnd(bytes, place)),
      );
      assert.deepEqual(wrong, [], `nothing is said of these cuts of ${name}`);
    });
  }
});
