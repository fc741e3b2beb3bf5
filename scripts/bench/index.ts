import { extensionHost } from './extension-host.ts';
import { flameGraph } from './flame-graph.ts';
import type { Bench } from './measure.ts';
import { pprofToTop } from './pprof-to-top.ts';
import { recordingToLines } from './recording-to-lines.ts';

/** What `npm run bench` measures, by name. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  'recording-to-lines': recordingToLines,
  'pprof-to-top': pprofToTop,
  'flame-graph': flameGraph,
  'extension-host': extensionHost,
};
