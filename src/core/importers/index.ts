import type { Importer } from './importer.ts';
import { perfData } from './perf-data.ts';
import { perfScript } from './perf-script.ts';
import { pprof } from './pprof.ts';
import { pprofLegacy } from './pprof-legacy.ts';

/** Every format that is read, strongest signature first: the first that recognises a file reads it. */
export const IMPORTERS: readonly Importer[] = [perfData, perfScript, pprofLegacy, pprof];
