import { closeSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningGroup, startWithDescriptors } from '../tools/run.ts';
import { RunFailure } from '../tools/run-failure.ts';
import { killLeftovers } from './leftovers.ts';
import { StderrFile } from './stderr-file.ts';
import {
  STDERR_ONWARD,
  TARGET_STDIN,
  TARGET_STDOUT,
  type WatchdogCommand,
  type WatchdogOrder,
  type WatchdogReport,
} from './watchdog-protocol.ts';

// A program of its own, between the host and a recording tool: it outlives a host that is killed, and then ends the recording.
// Soon after RECORDER_LIMIT_MS from the host's death nothing of the run is left, and the tool has had the time to finish its file if it could.

/** From the host's death, or a cancel, to killing the target, so that the tool stops waiting for it, and to killing the tool too. */
const TARGET_LIMIT_MS = 500;
const RECORDER_LIMIT_MS = 1000;

let order: WatchdogOrder | undefined;
let tool: RunningGroup | undefined;
let stopping = false;
let ending = false;
let stderrClosed: Promise<void> = Promise.resolve();

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  if (order === undefined) {
    order = JSON.parse(line) as WatchdogOrder;
    start(order);
  } else command(JSON.parse(line) as WatchdogCommand);
});
lines.once('close', endNow);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, endNow);
// The host is gone: there is nobody to report to, and the work goes on.
process.stdout.on('error', () => {});

function start(given: WatchdogOrder): void {
  try {
    const { group, pipes } = startWithDescriptors(given.argv, [TARGET_STDIN, TARGET_STDOUT, 'pipe'], {
      cwd: given.cwd,
      env: given.env,
      calledAs: given.calledAs,
      leavesGroup: true,
    });
    tool = group;
    passOn(pipes[2] as Readable, given.stderrFile);
  } catch (error) {
    const kind = error instanceof RunFailure ? error.kind : 'not-started';
    report({ report: 'refused', kind, message: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
  // The target alone holds them now, so that whoever reads its output sees its end.
  closeSync(TARGET_STDIN);
  closeSync(TARGET_STDOUT);
  report({ report: 'started', pid: tool.pid });
  void limitTime(given);
  void tool.ended.then(({ exitCode, signal }) => finish(given, exitCode, signal));
}

async function limitTime(given: WatchdogOrder): Promise<void> {
  const { artifact } = given;
  if (given.durationMs === null) return;
  while (artifact !== null && (statSync(artifact, { throwIfNoEntry: false })?.size ?? 0) === 0) await sleep(20);
  for (let leftMs = given.durationMs; leftMs > 0; leftMs -= LONGEST_SLEEP_MS)
    await sleep(Math.min(leftMs, LONGEST_SLEEP_MS));
  stop(given, 'duration');
}

/** A timer of more than 2³¹ − 1 milliseconds fires at once. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

async function finish(given: WatchdogOrder, exitCode: number | null, signal: string | null): Promise<void> {
  const strays = await killLeftovers(given.runId, tool?.pid ?? -1);
  // Somebody who escaped may hold the pipe open for ever.
  await Promise.race([stderrClosed, sleep(300)]);
  report({ report: 'ended', exitCode, signal, strays });
  process.exit(0);
}

function command(given: WatchdogCommand): void {
  if (given === 'cancel') endNow();
  else if (order !== undefined) stop(order, 'stop');
}

/** Only the tool is asked: it ends its program with SIGTERM by itself, and what that still does is not recorded. */
function stop(given: WatchdogOrder, why: 'stop' | 'duration'): void {
  if (stopping || tool === undefined) return;
  stopping = true;
  report({ report: 'stopping', why });
  interruptTool(tool.pid);
  setTimeout(() => void killLeftovers(given.runId, tool?.pid ?? -1, [tool?.pid ?? -1]), given.graceMs);
}

function endNow(): void {
  if (ending) return;
  ending = true;
  if (order === undefined || tool === undefined) process.exit(0);
  const { runId } = order;
  const { pid } = tool;
  if (!stopping) interruptTool(pid);
  stopping = true;
  report({ report: 'stopping', why: 'cancel' });
  setTimeout(() => void killLeftovers(runId, pid, [pid]), TARGET_LIMIT_MS);
  setTimeout(() => void killLeftovers(runId, pid), RECORDER_LIMIT_MS);
}

function interruptTool(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has ended.
  }
}

/** Keeps what comes in a file, and hands it on to the host for as long as that takes it. */
function passOn(from: Readable, path: string): void {
  const file = new StderrFile(path);
  from.on('data', (chunk: Buffer) => file.write(chunk));
  stderrClosed = new Promise((resolve) =>
    from.once('close', () => {
      file.close();
      resolve();
    }),
  );
  const onward = new Socket({ fd: STDERR_ONWARD, readable: false, writable: true });
  onward.on('error', () => from.unpipe(onward).resume());
  from.pipe(onward);
}

function report(message: WatchdogReport): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
