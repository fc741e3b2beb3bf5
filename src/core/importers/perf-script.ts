import type { Importer } from './importer.ts';
import { HEAD_BYTES } from './importer.ts';
import { isBareHead } from './perf-script/bare-head.ts';
import { newHeaderLine, readHeaderLine } from './perf-script/header-line.ts';
import { PERF_SCRIPT } from './perf-script/options.ts';
import { PerfScriptParser } from './perf-script/parser.ts';
import { isRawDump, refuseRawDump } from './perf-script/raw-dump.ts';
import { readHeaderPlace, readStackLine } from './perf-script/stack-line.ts';
import { readBytes } from './reading/byte-source.ts';
import { readText, textHead } from './reading/text-source.ts';
import { utf8 } from './reading/utf8.ts';

/**
 * The text that `perf script` prints, with or without call chains, and that simpleperf's `report_sample.py` imitates.
 */
export const perfScript: Importer = {
  format: PERF_SCRIPT,
  extensions: ['.perf', '.linux-perf.txt', '.perf.txt'],
  recognises(head) {
    const bytes = textHead(head);
    const end = head.length < HEAD_BYTES ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
    if (bytes.includes(0)) return false;
    const text = utf8(bytes, 0, end);
    return isPerfScript(text) || isBareHead(text) || isRawDump(text);
  },
  read(source, watch) {
    const head = textHead(readBytes(source, 0, HEAD_BYTES));
    refuseRawDump(utf8(head, 0, head.length));
    const parser = new PerfScriptParser({ size: source.size });
    readText(source, watch, (piece) => parser.write(piece));
    return parser.finish();
  },
};

/** Goes by the first line that isn't a comment; without a processor or a time on it, a place must be on it, or a stack follow. */
function isPerfScript(text: string): boolean {
  let isFirst = true;
  let awaitsStack = false;
  for (const line of text.split('\n')) {
    const content = line.trimEnd();
    if (content === '') continue;
    if (content.startsWith('#')) {
      if (isFirst && /^# (========$|captured on *: |cmdline : |perf version : )/.test(content)) return true;
      continue;
    }
    if (isPlace(content) || (awaitsStack && PLACE_WITHOUT_MODULE.test(content))) return true;
    if (!isFirst) return false;
    const header = newHeaderLine();
    const bytes = Uint8Array.from(content.slice(0, 1000), (char) => Math.min(char.charCodeAt(0), 0x7f));
    if (!readHeaderLine(bytes, 0, bytes.length, header)) return false;
    const hasEvent = header.eventEnd > header.eventStart || content.startsWith('PERF_RECORD_', header.rest);
    if (hasEvent && (header.certain || isModulesPlace(content.slice(header.rest)))) return true;
    isFirst = false;
    awaitsStack = hasEvent && header.rest === header.end;
  }
  return false;
}

/** `\t  4005d0 main+0x1f (/bin/program)` */
function isPlace(line: string): boolean {
  return /^\s/.test(line) && readStackLine(line.trim())?.hasModule === true;
}

/** What follows an event where there is no call chain: a place in a file or in what the kernel gives a name, `[vdso]`. */
function isModulesPlace(text: string): boolean {
  const place = readHeaderPlace(text);
  return place !== undefined && /^[/[]/.test(place.module);
}

/** `\t  4005d0 main`, as `-F ip,sym` has it. */
const PLACE_WITHOUT_MODULE = /^\t *[0-9a-f]{3,16} \S/;
