import { AUSTIN, AustinReader } from './austin/austin-reader.ts';
import type { Importer } from './importer.ts';
import { readText, textHead } from './reading/text-source.ts';
import { utf8 } from './reading/utf8.ts';

/**
 * Samples of Python programs as text, a line each, from Austin 1 to 3 and from its `mojo2austin`. (https://github.com/P403n1x87/austin)
 */
export const austin: Importer = {
  format: AUSTIN,
  extensions: ['.austin', '.aprof'],
  recognises(head) {
    const text = textHead(head);
    if (text.includes(0)) return false;
    for (const line of utf8(text, 0, text.length).split('\n')) {
      if (/^# austin: /.test(line)) return true;
      if (line.trim() === '' || line.startsWith('# ')) continue;
      return /^P\d+;T(\d+:)?\w+[; ]/.test(line) || /^(Process \d+;)?Thread [0-9a-f]+(;.*)?( -?\d+){1,3}\r?$/.test(line);
    }
    return false;
  },
  read(source, watch) {
    const reader = new AustinReader();
    readText(source, watch, (piece) => reader.write(piece));
    return reader.finish();
  },
};
