import { chromeTrace } from './chrome-trace.ts';
import { dhat } from './dhat.ts';
import { firefoxProfile } from './firefox-profile.ts';
import type { Importer } from './importer.ts';
import { perfData } from './perf-data.ts';
import { perfScript } from './perf-script.ts';
import { pyinstrument } from './pyinstrument.ts';
import { scalene } from './scalene.ts';
import { speedscope } from './speedscope.ts';
import { v8CpuProfile } from './v8-cpuprofile.ts';
import { v8HeapProfile } from './v8-heapprofile.ts';

/** Every format that is read, strongest signature first: the first that recognises a file reads it. */
export const IMPORTERS: readonly Importer[] = [
  perfData,
  speedscope,
  dhat,
  pyinstrument,
  scalene,
  firefoxProfile,
  v8HeapProfile,
  v8CpuProfile,
  chromeTrace,
  perfScript,
];
