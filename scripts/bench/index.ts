import { cpuProfileToModel } from './cpuprofile-to-model.ts';
import { extensionHost } from './extension-host.ts';
import { flameGraph, largeFlameGraph } from './flame-graph.ts';
import { foldedToModel } from './folded-to-model.ts';
import type { Bench } from './measure.ts';
import { memory } from './memory.ts';
import { overTime } from './over-time.ts';
import { perfScriptToModel } from './perf-script-to-model.ts';
import { pprofToTop } from './pprof-to-top.ts';
import { recordingToLines } from './recording-to-lines.ts';
import { tables } from './tables.ts';

/** What `npm run bench` measures, by name. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  'recording-to-lines': recordingToLines,
  'pprof-to-top': pprofToTop,
  'perf-script-to-model': perfScriptToModel,
  'folded-to-model': foldedToModel,
  'cpuprofile-to-model': cpuProfileToModel,
  memory,
  'flame-graph': flameGraph,
  'flame-graph-large': largeFlameGraph,
  'over-time': overTime,
  tables,
  'extension-host': extensionHost,
};
