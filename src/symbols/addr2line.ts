import type { PlaceTable } from './place-table.ts';
import type { SourceLookup } from './source-lookup.ts';

/** addr2line of GNU binutils: no columns, no lines of definitions, and sometimes the innermost function under its caller's name. */
export const addr2line: SourceLookup = {
  tool: 'addr2line',
  argv: (program, file) => [program, '-a', '-i', '-f', '-e', file],
  reader: (places) => pairReader(places, /^(?<file>.*):(?<line>\d+|\?)(?: \(discriminator \d+\))?$/),
};

/** eu-addr2line of elfutils, ten times slower: no lines of definitions. */
export const euAddr2line: SourceLookup = {
  tool: 'euAddr2line',
  argv: (program, file) => [program, '-a', '-i', '-f', '-e', file],
  reader: (places) => pairReader(places, /^(?<file>.*?):(?<line>\d+)(?::(?<column>\d+))?$/),
};

/**
 * Reads what both write: a line with the address, and then for each function, the innermost first, a line with its name and one with its
 * place. What isn't known is `??`.
 */
function pairReader(places: PlaceTable, place: RegExp) {
  let name: string | undefined;
  return {
    line(text: string) {
      if (name !== undefined) {
        const { file = '', line = '', column = '' } = place.exec(text)?.groups ?? {};
        if (file !== '??' && file !== '') places.add(name, file, Number.parseInt(line, 10) || 0, Number(column));
        name = undefined;
      } else if (/^0x[0-9a-f]+$/.test(text)) {
        places.nextAddress();
      } else {
        // eu-addr2line adds ` inlined at FILE:LINE in FUNCTION` to the first name.
        name = text === '??' ? '' : text.replace(/ inlined at .*$/, '');
      }
    },
  };
}
