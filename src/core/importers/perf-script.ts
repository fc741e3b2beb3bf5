import type { Importer } from './importer.ts';
import { HEAD_BYTES } from './importer.ts';
import { newHeaderLine, readHeaderLine } from './perf-script/header-line.ts';
import { PERF_SCRIPT } from './perf-script/options.ts';
import { PerfScriptParser } from './perf-script/parser.ts';
import { readStackLine } from './perf-script/stack-line.ts';
import { readText, textHead } from './reading/text-source.ts';
import { utf8 } from './reading/utf8.ts';

/**
 * The text that `perf script` prints, with or without call chains, and that simpleperf's `report_sample.py` imitates.
 */
export const perfScript: Importer = {
  format: PERF_SCRIPT,
  extensions: ['.perf', '.linux-perf.txt', '.perf.txt'],
  recognises(head) {
    const text = textHead(head);
    const end = head.length < HEAD_BYTES ? text.length : text.lastIndexOf(0x0a) + 1;
    return !text.includes(0) && isPerfScript(utf8(text, 0, end));
  },
  read(source, watch) {
    const parser = new PerfScriptParser({ size: source.size });
    readText(source, watch, (piece) => parser.write(piece));
    return parser.finish();
  },
};

/** Goes by the first line that isn't a comment; without a processor or a time on it, a stack must follow. */
function isPerfScript(text: string): boolean {
  let isFirst = true;
  for (const line of text.split('\n')) {
    const content = line.trimEnd();
    if (content === '') continue;
    if (content.startsWith('#')) {
      if (isFirst && /^# (========|cmdline : |perf version : )/.test(content)) return true;
      continue;
    }
    if (isPlace(content)) return true;
    if (!isFirst) return false;
    const header = newHeaderLine();
    const bytes = Uint8Array.from(content.slice(0, 1000), (char) => Math.min(char.charCodeAt(0), 0x7f));
    if (!readHeaderLine(bytes, 0, bytes.length, header)) return false;
    const hasEvent = header.eventEnd > header.eventStart || content.startsWith('PERF_RECORD_', header.rest);
    if (header.certain && hasEvent) return true;
    isFirst = false;
  }
  return false;
}

/** `\t  4005d0 main+0x1f (/bin/program)` */
function isPlace(line: string): boolean {
  return /^\s/.test(line) && readStackLine(line.trim())?.hasModule === true;
}
