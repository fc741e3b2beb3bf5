import { HEAD_BYTES, type Importer, MalformedInput } from './importer.ts';
import { contention } from './pprof-legacy/contention.ts';
import { cpu } from './pprof-legacy/cpu.ts';
import { FORMAT, type LegacyFormat } from './pprof-legacy/format.ts';
import { goCount } from './pprof-legacy/go-count.ts';
import { goroutineDump } from './pprof-legacy/goroutine-dump.ts';
import { heap } from './pprof-legacy/heap.ts';
import { java } from './pprof-legacy/java.ts';
import { threads } from './pprof-legacy/threads.ts';
import { readBytes } from './reading/byte-source.ts';
import { textHead } from './reading/text-source.ts';
import { utf8 } from './reading/utf8.ts';

/**
 * The formats of before profile.proto, which Go still prints for people (`debug=1`, `debug=2`) and gperftools writes. Where they are
 * sampled they are scaled up as pprof does. Sources: profile/legacy_profile.go and legacy_java_profile.go of
 * https://github.com/google/pprof.
 */
export const pprofLegacy: Importer = {
  format: FORMAT,
  extensions: ['.prof', '.heap', '.contention', '.cpu'],
  recognises: (head) => formatOf(head) !== undefined,
  read(source, watch) {
    const format = formatOf(readBytes(source, 0, HEAD_BYTES));
    if (!format) throw new MalformedInput(FORMAT, 'it is of none of these formats', 0);
    return format.read(source, watch);
  },
};

const FORMATS: readonly LegacyFormat[] = [cpu, heap, goCount, threads, contention, java, goroutineDump];

function formatOf(head: Uint8Array): LegacyFormat | undefined {
  const text = textHead(head);
  const isText = !text.includes(0);
  const end = head.length < HEAD_BYTES ? text.length : text.lastIndexOf(0x0a) + 1;
  const lines = isText ? utf8(text, 0, Math.min(end, MOST_TEXT)).split('\n') : [];
  const trimmed = lines.map((line) => line.trim());
  return FORMATS.find((format) => format.recognises(head, trimmed));
}

/** The first lines say what a text is. */
const MOST_TEXT = 16384;
