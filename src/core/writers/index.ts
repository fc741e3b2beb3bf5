import { firefox } from './firefox.ts';
import { flameHtml } from './flame-html.ts';
import { flameSvg } from './flame-svg.ts';
import { folded } from './folded.ts';
import { pprof } from './pprof.ts';
import { speedscope } from './speedscope.ts';
import type { Writer } from './writer.ts';

/** Every format that is written; a file's name asks for one by its extension. */
export const WRITERS: readonly Writer[] = [pprof, folded, speedscope, firefox, flameSvg, flameHtml];
