import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IMPORTERS } from '../../src/core/importers/index.ts';
import { bundledReader } from './bundled-reader.ts';
import { LARGE_FILES } from './large-files.ts';
import { type Bench, type BenchContext, processCost } from './measure.ts';

const SMALL = 16e6;
const LARGE = 64e6;

/** What reading a file of each format takes of memory, for each byte of it and before the first. */
export const memory: Bench = {
  question: `peak memory of a process that reads a file of ${LARGE / 1e6} MB, not packed, and what each byte more than ${SMALL / 1e6} MB takes`,
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'perfwright-bench-'));
    try {
      const reader = await bundledReader(folder);
      for (const { format } of IMPORTERS) await measure(context, format, reader, join(folder, 'large'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure({ root, say }: BenchContext, format: string, reader: string, path: string): Promise<void> {
  const generate = LARGE_FILES[format];
  if (!generate) throw new Error(`there is no large file of ${format}`);
  const measured = [];
  for (const wanted of [SMALL, LARGE]) {
    generate(path, wanted, root);
    const { peakBytes } = await processCost([process.execPath, reader, path, format]);
    measured.push({ bytes: statSync(path).size, peakBytes });
  }
  const [small, large] = measured;
  const each = (large.peakBytes - small.peakBytes) / (large.bytes - small.bytes);
  const whole = `${(large.bytes / 1e6).toFixed(0)} MB, peak ${(large.peakBytes / 1e6).toFixed(0)} MB`;
  say(`  ${format.padEnd(26)} ${whole.padEnd(24)} ${each.toFixed(1)} bytes for each byte more`);
}
