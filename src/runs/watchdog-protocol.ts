import type { RunFailureKind } from '../tools/run-failure.ts';
import type { Leftover } from './leftovers.ts';

// The host and its watchdog speak in lines of JSON. The host writes to the watchdog's stdin: the order, then commands; the end of
// that stream means that the host has died. The watchdog writes reports to its stdout.

/** The first line: what to run and to watch. */
export interface WatchdogOrder {
  readonly argv: readonly string[];
  /** What the tool is told that it is called, in place of its path. */
  readonly calledAs?: string;
  readonly cwd: string;
  /** Whole environment of the tool, with the run's mark in it. */
  readonly env: Readonly<Record<string, string>>;
  readonly runId: string;
  /** What the tool writes, where it has begun to record when there is something in it; null where it has from its start. */
  readonly artifact: string | null;
  /** Where the tool's stderr is kept: its beginning and its end, where it is long. */
  readonly stderrFile: string;
  /** Stops the recording so long after it has begun; null for no limit. */
  readonly durationMs: number | null;
  /** How long after being stopped the target may take to end before it is killed; the tool itself then finishes its file. */
  readonly graceMs: number;
}

/** `stop`: let the tool finish its file. `cancel`: all is over within a second, finished or not. */
export type WatchdogCommand = 'stop' | 'cancel';

export type WatchdogReport =
  | { readonly report: 'started'; readonly pid: number }
  | { readonly report: 'refused'; readonly kind: RunFailureKind; readonly message: string }
  /** `stopping`: the tool has been asked to end, by command or because the time is up. */
  | { readonly report: 'stopping'; readonly why: 'stop' | 'cancel' | 'duration' }
  | WatchdogEnded;

export interface WatchdogEnded {
  readonly report: 'ended';
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Processes of the run that outlived the tool and were killed. */
  readonly strays: readonly Leftover[];
}

/**
 * Descriptors of the watchdog beyond its own three, from 3 on: what the target gets as stdin and as stdout, and a pipe on which what
 * tool and target write to stderr is passed on to the host.
 */
export const TARGET_STDIN = 3;
export const TARGET_STDOUT = 4;
export const STDERR_ONWARD = 5;
