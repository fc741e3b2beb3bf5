import { release } from 'node:os';
import { perf, perfRecordArgv } from '../perf.ts';
import type { Recorder } from '../recorder.ts';
import { perfFileState } from './perf/perf-file-state.ts';
import { perfOutcome } from './perf/perf-outcome.ts';
import { preflight } from './perf/perf-preflight.ts';

/** perf record: whatever runs, down to the kernel. */
export const perfRecorder: Recorder = {
  tool: perf,
  writes: { file: 'perf.data', format: 'perf.data' },
  takes: ['program', 'process'],
  follows: ['sampling', 'events', 'callGraph', 'inherit', 'compress'],
  whyFor: (_target, runtime) =>
    runtime === 'native' || runtime === 'go' ? 'samples native code, down to the kernel' : undefined,
  takesAnything: true,
  blindTo:
    'Functions of interpreted languages are not seen, only the interpreter that runs them; nor is time spent waiting.',
  async prepare(target, wish, { path, signal }) {
    const plan = await preflight(wish, { path, signal });
    if (!plan.ok) return plan;
    const { inherit = true, compress = false } = wish;
    return {
      ok: true,
      version: plan.perf.version,
      findings: plan.findings,
      // Called by its path it puts its folder, usually /usr/bin, before all others on its program's PATH.
      calledAs: 'perf',
      argv: (output) =>
        perfRecordArgv(plan.perf.path, {
          ...plan.record,
          version: plan.perf.version,
          kernelRelease: release(),
          inherit,
          compress,
          target,
          output,
          mmapPages: plan.mmapPages,
        }),
      // Its own preparations, such as listing what a process it attaches to has mapped, don't count.
      timedFrom: 'file',
      messages: { stderr: { beginnings: ['[ perf record: '], isSpaced: false } },
      outcome: perfOutcome,
    };
  },
  async holdsSamples(path) {
    const state = await perfFileState(path);
    return state === 'finished' || state === 'unfinished';
  },
};
