import { CALLGRIND, CallgrindParser } from './callgrind/parser.ts';
import { profileOf } from './callgrind/profile-of.ts';
import type { Importer } from './importer.ts';
import { readText, textHead } from './reading/text-source.ts';
import { utf8 } from './reading/utf8.ts';

/**
 * Call graphs in the format of valgrind's callgrind and cachegrind, which Xdebug and others write, too.
 * (https://valgrind.org/docs/manual/cl-format.html)
 */
export const callgrind: Importer = {
  format: CALLGRIND,
  extensions: ['.callgrind', '.cachegrind'],
  recognises(head) {
    const text = textHead(head);
    if (text.includes(0)) return false;
    const start = utf8(text, 0, Math.min(text.length, 65536));
    if (/^# callgrind format\r?\n/.test(start)) return true;
    return /^events:[ \t]*\w/m.test(start) && /^(fn|fl|ob)=/m.test(start);
  },
  read(source, watch) {
    const parser = new CallgrindParser();
    readText(source, watch, (piece) => parser.write(piece));
    return profileOf(parser, parser.finish());
  },
};
