import { readFileSync } from 'node:fs';
import { importerFor } from '../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import { corpusFiles } from '../../test/support/corpus.ts';
import { cutFile, isAtLineEnd, placesToCut } from './cuts.ts';
import { fixturesOf } from './formats.ts';

interface Row {
  files: number;
  cuts: number;
  refused: number;
  warned: number;
  same: number;
  silent: number;
}

/** Cuts every file of the corpus, and every fixture, and prints by format what came of it. `step` leaves places out. */
export function cutCorpus(root: string, formats: readonly string[], step: number): number {
  const rows = new Map<string, Row>();
  const faults: string[] = [];
  const files = [
    ...corpusFiles('*').map(({ file, path }) => ({ name: file, bytes: () => readFileSync(path) as Uint8Array })),
    ...formats.flatMap((format) => fixturesOf(root, format).map(({ name, bytes }) => ({ name, bytes: () => bytes }))),
  ];
  for (const { name, bytes: content } of files) {
    const bytes = content();
    const format = importerFor(bytesInMemory(bytes))?.format ?? (bytes[0] === 0x1f ? 'gzip' : '');
    if (bytes.length === 0 || !formats.includes(format)) continue;
    const found = cutFile(bytes, placesToCut(bytes.length, step));
    if (!found) continue;
    const row = rows.get(format) ?? { files: 0, cuts: 0, refused: 0, warned: 0, same: 0, silent: 0 };
    rows.set(format, row);
    row.files++;
    row.cuts += found.cuts;
    row.refused += found.refused;
    row.warned += found.warned;
    row.same += found.same;
    row.silent += found.silent.length;
    const atLineEnds = found.silent.filter((place) => isAtLineEnd(bytes, place)).length;
    if (found.silent.length > 0) {
      const some = found.silent.slice(0, 8).join(', ');
      console.log(`${name}: ${found.silent.length} cuts unsaid, ${atLineEnds} of them at a line's end: ${some}`);
    }
    for (const fault of found.faults) faults.push(`${name}, ${fault}`);
  }
  for (const [format, { files, cuts, refused, warned, same, silent }] of rows) {
    console.log(
      `${format}: ${cuts} cuts of ${files} files: ${refused} refused, ${warned} with a warning, ${same} lack nothing, ${silent} unsaid`,
    );
  }
  for (const fault of faults) console.log(fault);
  return faults.length > 0 ? 1 : 0;
}
