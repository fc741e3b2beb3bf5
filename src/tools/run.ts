import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Readable, Stream, Writable } from 'node:stream';
import { RunFailure, startFailure } from './run-failure.ts';

// The only place in the product that starts programs. There is never a shell: an argument is an argument, whatever it holds.
// Each program leads a process group of its own, so ending it ends what it started as well.

export interface RunOptions extends StartOptions {
  /** Ends the program after so long, with RunFailure 'timed-out'. No limit by default. */
  readonly timeoutMs?: number;
  /** Most bytes kept of stdout and of stderr each; more ends the program with RunFailure 'too-much-output'. 64 MiB by default. */
  readonly maxOutputBytes?: number;
  /** What the program reads; nothing by default. */
  readonly input?: string | Uint8Array;
}

export interface StartOptions {
  readonly cwd?: string;
  /** The program's whole environment; our own by default. */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program's group when aborted. */
  readonly signal?: AbortSignal;
  /** What the program is told that it is called; the first word of the command line by default. */
  readonly calledAs?: string;
  /** Left alone when this process exits: for a program that looks after itself, as our watchdog does. */
  readonly outlivesUs?: boolean;
  /** What is left of the group when the program has ended is left to the caller, who wants to see it first. */
  readonly leavesGroup?: boolean;
}

export interface Ended {
  /** null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Output extends Ended {
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningGroup {
  /** Process id, and that of the group. */
  readonly pid: number;
  /** Resolves when the program has exited; never rejects. What it left behind in its group is killed by then. */
  readonly ended: Promise<Ended>;
  /** Sends a signal to the whole group; false where it has ended. */
  kill(signal: NodeJS.Signals): boolean;
  /** Asks the group to end (SIGTERM unless told), kills it after the grace, and waits for it. */
  end(graceMs?: number, first?: NodeJS.Signals): Promise<Ended>;
}

export interface RunningProcess extends RunningGroup {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

/** What a descriptor of a program is: a pipe to us, nothing, our own of the same number, or a descriptor of ours. */
export type Descriptor = 'pipe' | 'ignore' | 'inherit' | number;

/** Time between asking a program to end and killing it, in milliseconds. */
export const GRACE_MS = 2000;

/**
 * Runs a program to its end and keeps its output as UTF-8 text. An exit code other than 0 is a result, not an error.
 * @throws RunFailure where it can't be started, takes too long or writes too much; the signal's reason where that is aborted
 */
export async function runToEnd(argv: readonly string[], options: RunOptions = {}): Promise<Output> {
  const { input, timeoutMs, maxOutputBytes = 64 * 1024 * 1024 } = options;
  const run = startProcess(argv, options);
  let failure: RunFailure | undefined;
  const fail = (kind: RunFailure['kind'], message: string) => {
    failure ??= new RunFailure(kind, argv, message);
    void run.end(0);
  };
  const keep = (stream: Readable, name: string) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxOutputBytes) chunks.push(chunk);
      else fail('too-much-output', `${argv[0]} was ended: it wrote more than ${maxOutputBytes} bytes to ${name}.`);
    });
    const whole = new Promise<void>((resolve) => stream.once('close', resolve));
    return { whole, text: () => Buffer.concat(chunks).toString('utf8') };
  };
  const stdout = keep(run.stdout, 'stdout');
  const stderr = keep(run.stderr, 'stderr');
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => fail('timed-out', `${argv[0]} was ended: it took longer than ${timeoutMs} ms.`), timeoutMs);
  run.stdin.end(input);
  const ended = await run.ended;
  clearTimeout(timer);
  // A process that left the group may hold the pipes open for ever; all that the program itself wrote is in them already.
  const late = setTimeout(() => {
    run.stdout.destroy();
    run.stderr.destroy();
  }, 500);
  await Promise.all([stdout.whole, stderr.whole]);
  clearTimeout(late);
  options.signal?.throwIfAborted();
  if (failure !== undefined) throw failure;
  return { ...ended, stdout: stdout.text(), stderr: stderr.text() };
}

/**
 * Starts a program with pipes to its stdin, stdout and stderr. The caller reads both outputs (or calls `resume()` on them).
 * Writing to a program that has ended is no error: `ended` tells.
 * @throws RunFailure where it can't be started
 */
export function startProcess(argv: readonly string[], options: StartOptions = {}): RunningProcess {
  const { group, pipes } = startWithDescriptors(argv, ['pipe', 'pipe', 'pipe'], options);
  return {
    ...group,
    stdin: pipes[0] as Writable,
    stdout: pipes[1] as Readable,
    stderr: pipes[2] as Readable,
  };
}

/**
 * Starts a program with the descriptors given, from 0 on. `pipes` holds our end of each that is a pipe: 0 and those above 2 can be
 * written, and 1 and those above 2 can be read.
 * @throws RunFailure where it can't be started
 */
export function startWithDescriptors(
  argv: readonly string[],
  descriptors: readonly Descriptor[],
  options: StartOptions = {},
): { group: RunningGroup; pipes: readonly (Stream | null | undefined)[] } {
  const { cwd, env = process.env, signal, calledAs, outlivesUs = false, leavesGroup = false } = options;
  signal?.throwIfAborted();
  const child = launch(argv, cwd, env, descriptors, calledAs);
  const { pid } = child;
  if (pid === undefined) {
    child.on('error', () => {});
    throw startFailure(argv, cwd, env);
  }
  // A pipe to a program that has ended says EPIPE or ECONNRESET; `ended` says it better.
  for (const stream of child.stdio) stream?.on('error', () => {});
  const kill = (name: NodeJS.Signals) => killGroup(pid, name);
  let over = false;
  const ended = new Promise<Ended>((resolve) => {
    child.once('exit', (exitCode, endSignal) => {
      over = true;
      if (!leavesGroup) kill('SIGKILL');
      groups.delete(pid);
      resolve({ exitCode, signal: endSignal });
    });
  });
  const end = async (graceMs = GRACE_MS, first: NodeJS.Signals = 'SIGTERM') => {
    if (over) return ended;
    kill(graceMs > 0 ? first : 'SIGKILL');
    const timer = setTimeout(() => kill('SIGKILL'), graceMs);
    const how = await ended;
    clearTimeout(timer);
    return how;
  };
  if (signal !== undefined) {
    const onAbort = () => void end();
    signal.addEventListener('abort', onAbort, { once: true });
    void ended.then(() => signal.removeEventListener('abort', onAbort));
  }
  const group: RunningGroup = { pid, ended, kill: (name) => !over && kill(name), end };
  if (!outlivesUs) groups.set(pid, group);
  return { group, pipes: child.stdio };
}

/** Groups that end with this process, by their id. */
const groups = new Map<number, RunningGroup>();
process.once('exit', () => {
  for (const pid of groups.keys()) killGroup(pid, 'SIGKILL');
});

/** Kills all that was started here and still runs, and waits for it: for a worker thread, which hears of no exit when it is terminated. */
export async function endAll(): Promise<void> {
  await Promise.all([...groups.values()].map((group) => group.end(0)));
}

function launch(
  argv: readonly string[],
  cwd: string | undefined,
  env: NodeJS.ProcessEnv,
  descriptors: readonly Descriptor[],
  calledAs: string | undefined,
): ChildProcess {
  const [program = '', ...args] = argv;
  try {
    return spawn(program, args, {
      cwd,
      env,
      detached: true,
      stdio: [...descriptors] as StdioOptions,
      ...(calledAs !== undefined && { argv0: calledAs }),
    });
  } catch (error) {
    throw startFailure(argv, cwd, env, error instanceof Error ? error.message : String(error));
  }
}

function killGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
