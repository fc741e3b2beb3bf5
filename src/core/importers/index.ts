import { asyncProfilerCollapsed } from './async-profiler-collapsed.ts';
import { austin } from './austin.ts';
import { austinMojo } from './austin-mojo.ts';
import { callgrind } from './callgrind.ts';
import { chromeTrace } from './chrome-trace.ts';
import { dhat } from './dhat.ts';
import { firefoxProfile } from './firefox-profile.ts';
import { folded } from './folded.ts';
import type { Importer } from './importer.ts';
import { jfr } from './jfr.ts';
import { perfData } from './perf-data.ts';
import { perfScript } from './perf-script.ts';
import { pprof } from './pprof.ts';
import { pprofLegacy } from './pprof-legacy.ts';
import { pySpyRaw } from './py-spy-raw.ts';
import { pyinstrument } from './pyinstrument.ts';
import { scalene } from './scalene.ts';
import { simpleperf } from './simpleperf.ts';
import { speedscope } from './speedscope.ts';
import { v8CpuProfile } from './v8-cpuprofile.ts';
import { v8HeapProfile } from './v8-heapprofile.ts';

/** Every format that is read, strongest signature first: the first that recognises a file reads it. */
export const IMPORTERS: readonly Importer[] = [
  perfData,
  jfr,
  simpleperf,
  austinMojo,
  pprof,
  speedscope,
  dhat,
  pyinstrument,
  scalene,
  firefoxProfile,
  v8HeapProfile,
  v8CpuProfile,
  chromeTrace,
  callgrind,
  austin,
  perfScript,
  asyncProfilerCollapsed,
  pySpyRaw,
  pprofLegacy,
  folded,
];
