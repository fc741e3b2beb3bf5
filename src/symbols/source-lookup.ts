import type { PlaceTable } from './place-table.ts';
import { eachAnswerLine, type Launch } from './symbolizer-process.ts';

/** A program that says which functions and lines an address belongs to, by debug information. */
export interface SourceLookup {
  readonly tool: 'llvmSymbolizer' | 'addr2line' | 'euAddr2line';
  /** Its command line for one file; addresses then come on stdin, one a line, as `0x1234`. */
  argv(program: string, file: string): readonly string[];
  /** Reads its answers, line by line, into places: one list for each address, in the order asked. */
  reader(places: PlaceTable): { line(text: string): void };
}

/**
 * Looks up addresses of one file, all through one process. Where that gives up in the middle, places that were found are kept (`places`
 * is then shorter than `addresses`) and it throws.
 */
export async function lookUpSources(
  lookup: SourceLookup,
  launch: Launch,
  program: string,
  file: string,
  addresses: Float64Array,
  places: PlaceTable,
  signal: AbortSignal | undefined,
  answered: () => void,
): Promise<void> {
  const reader = lookup.reader(places);
  let input = '';
  for (const address of addresses) input += `0x${address.toString(16)}\n`;
  await eachAnswerLine(
    launch,
    lookup.argv(program, file),
    input,
    (line) => {
      const before = places.length;
      reader.line(line);
      if (places.length > before) answered();
    },
    signal,
  );
  if (places.length !== addresses.length) {
    throw new Error(`${program}: ${places.length} answers to ${addresses.length} addresses of ${file}`);
  }
}
