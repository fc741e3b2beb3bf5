import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type Descriptor, startWithDescriptors } from '../tools/run.ts';
import { RunFailure } from '../tools/run-failure.ts';
import { killLeftovers, type Leftover, RUN_MARK } from './leftovers.ts';
import {
  STDERR_ONWARD,
  TARGET_STDOUT,
  type WatchdogCommand,
  type WatchdogOrder,
  type WatchdogReport,
} from './watchdog-protocol.ts';
import { withoutPerfMessages } from './without-perf-messages.ts';

/** Where the target's streams go. By default it reads nothing, and what it writes is dropped (stderr is kept in the run all the same). */
export interface TargetStreams {
  /** `inherit`, or a descriptor of ours, is handed to the target itself, so that a terminal stays a terminal. */
  readonly stdin?: 'ignore' | 'inherit' | number;
  readonly stdout?: 'ignore' | 'inherit' | number | ((chunk: Uint8Array) => void);
  /** Gets the tool's own messages too, save perf's usual two: they come on the same descriptor. */
  readonly stderr?: (chunk: Uint8Array) => void;
}

/** A watchdog that waits for its order: until then nothing runs, and it ends when we do. */
export interface Watchdog {
  readonly pid: number;
  /** Starts the tool; once only. @throws RunFailure where it can't be started */
  run(order: WatchdogOrder): Promise<WatchedTool>;
  /** Ends a watchdog whose order won't come. */
  dismiss(): void;
}

/** A tool that runs under a watchdog. */
export interface WatchedTool {
  readonly pid: number;
  /** Resolves when all is over and nothing of it is left; never rejects. */
  readonly ended: Promise<ToolEnd>;
  /** Why the tool is being ended, or '' while it isn't. */
  stopping(): '' | 'stop' | 'cancel' | 'duration';
  /** The last part of what was written to stderr. */
  stderrTail(): string;
  tell(command: WatchdogCommand): void;
}

export interface ToolEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Processes that outlived the tool and were killed. */
  readonly strays: readonly Leftover[];
  /** The watchdog was killed; the tool was then ended from here, and how it would have ended is not known. */
  readonly watchdogDied: boolean;
}

/** @param script the watchdog's program: `watchdog.cjs` beside the product's other bundles, or its source in a test */
export function startWatchdog(script: string, streams: TargetStreams = {}): Watchdog {
  const descriptors: Descriptor[] = ['pipe', 'pipe', 'pipe'];
  descriptors.push(descriptorOf(streams.stdin, 0), descriptorOf(streams.stdout, 1), 'pipe');
  const { group, pipes } = startWithDescriptors([process.execPath, script], descriptors, {
    env: watchdogEnvironment(),
    outlivesUs: true,
  });
  const stdin = pipes[0] as Writable;
  const say = (message: WatchdogOrder | WatchdogCommand) => stdin.write(`${JSON.stringify(message)}\n`);
  const ownErrors = tailOf(pipes[2] as Readable);
  if (typeof streams.stdout === 'function') (pipes[TARGET_STDOUT] as Readable).on('data', streams.stdout);
  const stderr = pipes[STDERR_ONWARD] as Readable;
  const stderrTail = tailOf(stderr);
  if (streams.stderr !== undefined) stderr.on('data', withoutPerfMessages(streams.stderr));

  const run = (order: WatchdogOrder) =>
    new Promise<WatchedTool>((resolve, reject) => {
      let stopping: ReturnType<WatchedTool['stopping']> = '';
      let pid: number | undefined;
      let end: ToolEnd | undefined;
      const over = Promise.withResolvers<ToolEnd>();
      const reports: { [R in WatchdogReport['report']]: (report: Extract<WatchdogReport, { report: R }>) => void } = {
        started: (report) => {
          pid = report.pid;
          const tell = (command: WatchdogCommand) => void say(command);
          resolve({ pid, ended: over.promise, stopping: () => stopping, stderrTail, tell });
        },
        refused: ({ kind, message }) => reject(new RunFailure(kind, order.argv, message)),
        stopping: ({ why }) => {
          stopping = why;
        },
        ended: ({ exitCode, signal, strays }) => {
          end = { exitCode, signal, strays, watchdogDied: false };
        },
      };
      const lines = createInterface({ input: pipes[1] as Readable });
      lines.on('line', (line) => {
        const report = JSON.parse(line) as WatchdogReport;
        (reports[report.report] as (report: WatchdogReport) => void)(report);
      });
      const linesRead = new Promise<void>((done) => lines.once('close', done));
      void Promise.all([group.ended, linesRead]).then(async () => {
        if (pid === undefined) reject(new Error(`The watchdog of the recording did not start: ${ownErrors().trim()}`));
        else if (end === undefined) {
          const strays = await killLeftovers(order.runId, pid);
          over.resolve({ exitCode: null, signal: null, strays, watchdogDied: true });
        } else over.resolve(end);
      });
      say(order);
    });
  return { pid: group.pid, run, dismiss: () => stdin.end() };
}

function descriptorOf(wish: TargetStreams['stdin'] | TargetStreams['stdout'], own: number): Descriptor {
  if (typeof wish === 'function') return 'pipe';
  return wish === 'inherit' ? own : (wish ?? 'ignore');
}

function watchdogEnvironment(): NodeJS.ProcessEnv {
  // In an editor our own executable is the editor, which behaves as Node only when told so.
  const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  // It is no part of a run that we may ourselves be part of, and no debugger's business.
  delete env[RUN_MARK];
  delete env['NODE_OPTIONS'];
  return env;
}

/** Keeps the last part of a stream. */
function tailOf(stream: Readable): () => string {
  let tail = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]);
    tail = tail.subarray(Math.max(0, tail.length - TAIL_BYTES));
  });
  return () => tail.toString('utf8');
}

const TAIL_BYTES = 1 << 16;
