import type { Recorder } from '../recorder.ts';
import { goRecorder } from './go.ts';
import { nodeRecorder } from './node.ts';
import { perfRecorder } from './perf.ts';
import { pySpyRecorder } from './py-spy.ts';

/** Every way to record, the most fitting for a language first; perf, which takes anything, last. */
export const RECORDERS: readonly Recorder[] = [pySpyRecorder, nodeRecorder, goRecorder, perfRecorder];
