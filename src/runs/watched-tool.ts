import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordPlan, ToolEnd } from '../tools/recorder.ts';
import { type Descriptor, startWithDescriptors } from '../tools/run.ts';
import { RunFailure } from '../tools/run-failure.ts';
import { type LineMark, withoutMessages } from '../tools/without-messages.ts';
import { killLeftovers, RUN_MARK } from './leftovers.ts';
import { type OutputWish, targetOutput } from './target-output.ts';
import {
  STDERR_ONWARD,
  TARGET_STDOUT,
  type WatchdogCommand,
  type WatchdogOrder,
  type WatchdogReport,
} from './watchdog-protocol.ts';

/** Where the target's streams go. By default it reads nothing, and what it writes is dropped (stderr is kept in the run all the same). */
export interface TargetStreams {
  /** `inherit`, or a descriptor of ours, is handed to the target itself, so that a terminal stays a terminal. */
  readonly stdin?: 'ignore' | 'inherit' | number;
  readonly stdout?: OutputWish;
  /** Gets the tool's complaints too: they come on the same descriptor. */
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
  /** What the tool itself said on stdout, as far as that could be told from its target's output. */
  said(): string;
  tell(command: WatchdogCommand): void;
}

/**
 * @param script the watchdog's program: `watchdog.cjs` beside the product's other bundles, or its source in a test
 * @param messages how the tool's own lines are told from the target's
 */
export function startWatchdog(
  script: string,
  streams: TargetStreams = {},
  messages: RecordPlan['messages'] = {},
): Watchdog {
  const stdout = targetOutput(streams.stdout, 1, messages.stdout);
  const stdin = streams.stdin === 'inherit' ? 0 : (streams.stdin ?? 'ignore');
  const descriptors: Descriptor[] = ['pipe', 'pipe', 'pipe', stdin, stdout.descriptor, 'pipe'];
  const { group, pipes } = startWithDescriptors([process.execPath, script], descriptors, {
    env: watchdogEnvironment(),
    outlivesUs: true,
  });
  const orders = pipes[0] as Writable;
  const say = (message: WatchdogOrder | WatchdogCommand) => orders.write(`${JSON.stringify(message)}\n`);
  const ownErrors = tailOf(pipes[2] as Readable);
  if (stdout.descriptor === 'pipe') stdout.read(pipes[TARGET_STDOUT] as Readable);
  const stderr = pipes[STDERR_ONWARD] as Readable;
  const stderrTail = tailOf(stderr);
  if (streams.stderr !== undefined) passWithoutMessages(stderr, streams.stderr, messages.stderr);

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
          resolve({ pid, ended: over.promise, stopping: () => stopping, stderrTail, said: stdout.said, tell });
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
        } else {
          // Somebody who escaped may hold the pipe open for ever.
          await Promise.race([stdout.done, sleep(300)]);
          over.resolve(end);
        }
      });
      say(order);
    });
  return { pid: group.pid, run, dismiss: () => orders.end() };
}

function passWithoutMessages(from: Readable, sink: (chunk: Uint8Array) => void, mark: LineMark | undefined): void {
  if (mark === undefined) {
    from.on('data', sink);
    return;
  }
  const filter = withoutMessages(mark, sink);
  from.on('data', (chunk: Uint8Array) => filter.write(chunk));
  from.once('close', () => filter.end());
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
