import { MalformedInput } from '../importer.ts';
import { PERF_SCRIPT } from './options.ts';

/** Whether a text is what `perf script --dump-raw-trace` prints: each record of the file as bytes, and what is in it. */
export function isRawDump(text: string): boolean {
  return /^0x[0-9a-f]+(?:@.*)? \[(?:0x)?[0-9a-f]+\]: event: \d+$/m.test(text) && text.includes('raw event: size ');
}

/** Throws where the text that starts so is such a dump: records of all kinds, and samples among them. */
export function refuseRawDump(text: string): void {
  if (!isRawDump(text)) return;
  throw new MalformedInput(
    PERF_SCRIPT,
    'this is a dump of raw records (--dump-raw-trace, -D), which is not read here: open the perf.data file itself, or the text of `perf script` without -D',
  );
}
