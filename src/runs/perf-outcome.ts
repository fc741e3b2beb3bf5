import { release } from 'node:os';
import type { Finding } from '../tools/finding.ts';
import { perfComplaint, unknownComplaint } from '../tools/perf-complaint.ts';
import type { PerfFileState } from '../tools/perf-file-state.ts';
import { readPerfRights } from '../tools/perf-rights.ts';
import type { RunState } from './run.ts';
import type { ToolEnd } from './watched-tool.ts';

/** How a recording by perf ended. */
export interface PerfOutcome {
  readonly state: Extract<RunState, 'done' | 'failed' | 'cancelled'>;
  readonly findings: readonly Finding[];
}

export interface PerfEnd {
  readonly end: ToolEnd;
  readonly file: PerfFileState;
  readonly stopping: '' | 'stop' | 'cancel' | 'duration';
  readonly stderr: string;
}

/** Tells what perf's end means. perf ends as its program did, so a finished file tells that the recording itself went well. */
export function perfOutcome({ end, file, stopping, stderr }: PerfEnd): PerfOutcome {
  if (stopping === 'cancel') return { state: 'cancelled', findings: [] };
  if (file !== 'finished') {
    // Stopped before perf had begun to write.
    if (stopping !== '' && !end.watchdogDied && stderr.trim() === '') return { state: 'cancelled', findings: [] };
    return { state: 'failed', findings: [failure(end, stderr)] };
  }
  const findings: Finding[] = [];
  if (stopping === '' && end.signal !== null) findings.push(crashed(end.signal));
  if (stopping === '' && end.exitCode !== null && end.exitCode !== 0) findings.push(exitCode(end.exitCode));
  if (stopping === '' && end.strays.length > 0) findings.push(wentOn(end.strays));
  return { state: 'done', findings };
}

function failure(end: ToolEnd, stderr: string): Finding {
  if (end.watchdogDied) {
    return {
      id: 'watchdog-died',
      level: 'stops',
      what: 'The recording was ended from outside.',
      why: 'The process that watches over it was killed, perhaps for want of memory.',
      fix: 'Record again.',
      fallback: 'What was written until then is kept.',
    };
  }
  const exit = end.signal ?? `exit code ${end.exitCode}`;
  const context = { rights: readPerfRights(), kernel: release() };
  return perfComplaint(stderr, context) ?? unknownComplaint(stderr, exit);
}

function crashed(signal: string): Finding {
  return {
    id: 'program-crashed',
    level: 'note',
    what: `The program was ended by ${signal}.`,
    why: '',
    fix: '',
    fallback: 'What it did until then is recorded.',
  };
}

function exitCode(code: number): Finding {
  return {
    id: 'program-failed',
    level: 'note',
    what: `The program ended with exit code ${code}.`,
    why: '',
    fix: '',
    fallback: '',
  };
}

function wentOn(strays: ToolEnd['strays']): Finding {
  const names = strays.slice(0, 3).map(({ pid, name }) => `${name} (${pid})`);
  return {
    id: 'program-went-on',
    level: 'limits',
    what: `The program ended and left processes running, which were ended: ${names.join(', ')}${strays.length > 3 ? '…' : ''}.`,
    why: 'perf stops recording when the program it started has ended, even if that went on in the background.',
    fix: 'Start it so that it stays in the foreground, or start it yourself and attach to it.',
    fallback: '',
  };
}

/** The finding on a recording without a sample. */
export function noSamples(elapsedMs: number, isAttached: boolean): Finding {
  const who = isAttached ? 'process' : 'program';
  return {
    id: 'no-samples',
    level: 'limits',
    what: 'There is not a single sample.',
    why: `In the ${(elapsedMs / 1000).toFixed(elapsedMs < 1000 ? 3 : 1)} s of the recording the ${who} used almost no processor time: it ended at once, or it waited.`,
    fix: `Give the ${who} something to compute, or record for longer or at a higher frequency.`,
    fallback: '',
  };
}
