import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { KeptSymbols } from '../symbols/kept-symbols.ts';
import { writeAtomically } from './write-atomically.ts';

/** The file beside a recording in which it is kept what its addresses are called: by then the programs may be others. */
function symbolsFileOf(recording: string): string {
  return `${recording}.symbols.gz`;
}

/** Keeps what SymbolKeeper has collected. Throws what `fs` throws. */
export async function writeSymbols(recording: string, text: string): Promise<void> {
  await writeAtomically(symbolsFileOf(recording), await promisify(gzip)(text));
}

/** What is kept beside a recording of so many bytes; undefined where nothing is, and in words where it can't be used. */
export function readSymbols(recording: string, recordingBytes: number): KeptSymbols | string | undefined {
  const file = symbolsFileOf(recording);
  try {
    const status = statSync(file, { throwIfNoEntry: false });
    if (!status?.isFile()) return undefined;
    if (status.size > MOST_PACKED_BYTES) throw new RangeError(`it is larger than ${MOST_PACKED_BYTES / 1e6} MB`);
    const text = gunzipSync(readFileSync(file), { maxOutputLength: MOST_BYTES }).toString('utf8');
    return new KeptSymbols(text, recordingBytes);
  } catch (error) {
    return `What is kept of the names of its functions (${file}) can't be used: ${(error as Error).message}.`;
  }
}

const MOST_PACKED_BYTES = 64_000_000;
const MOST_BYTES = 400_000_000;
