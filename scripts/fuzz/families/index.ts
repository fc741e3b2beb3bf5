import type { Family } from '../family.ts';
import { bytes } from './bytes.ts';
import { jfr } from './jfr.ts';
import { json } from './json.ts';
import { lines } from './lines.ts';
import { mojo } from './mojo.ts';
import { perfData } from './perf-data.ts';
import { protobuf } from './protobuf.ts';
import { simpleperf } from './simpleperf.ts';
import { words } from './words.ts';

/**
 * Families, by the name of the format: the first that can take a file apart makes its wrong copies. Formats that are not in here are
 * JSON, text, or bytes, whatever their files are.
 */
const FAMILIES: Readonly<Record<string, readonly Family[]>> = {
  'perf.data': [perfData],
  jfr: [jfr],
  'austin mojo': [mojo],
  simpleperf: [simpleperf],
  pprof: [
    protobuf({ 1: {}, 2: { 1: 'packed', 2: 'packed', 3: {} }, 3: {}, 4: { 4: {} }, 5: {}, 11: {}, 13: 'packed' }),
  ],
  'pprof-legacy': [words],
  gzip: [bytes],
  zstd: [bytes],
};

export function familiesOf(format: string): readonly Family[] {
  return [...(FAMILIES[format] ?? []), json, lines, bytes];
}
