import { release } from 'node:os';
import type { Finding } from '../../finding.ts';
import { programEnd, WATCHDOG_DIED } from '../../program-end.ts';
import type { Ending, Outcome, ToolEnd } from '../../recorder.ts';
import { perfComplaint, unknownComplaint } from './perf-complaint.ts';
import { perfFileState } from './perf-file-state.ts';
import { readPerfRights } from './perf-rights.ts';

/** Tells what perf's end means. perf ends as its program did, so a finished file tells that the recording itself went well. */
export async function perfOutcome({ end, stopping, stderr, path }: Ending): Promise<Outcome> {
  if (stopping === 'cancel') return { state: 'cancelled', findings: [] };
  if ((await perfFileState(path)) !== 'finished') {
    // Stopped before perf had begun to write.
    if (stopping !== '' && !end.watchdogDied && stderr.trim() === '') return { state: 'cancelled', findings: [] };
    return { state: 'failed', findings: [failure(end, stderr)] };
  }
  return { state: 'done', findings: stopping === '' ? programEnd(end, 'perf') : [] };
}

function failure(end: ToolEnd, stderr: string): Finding {
  if (end.watchdogDied) return WATCHDOG_DIED;
  const exit = end.signal ?? `exit code ${end.exitCode}`;
  const context = { rights: readPerfRights(), kernel: release() };
  return perfComplaint(stderr, context) ?? unknownComplaint(stderr, exit);
}
