import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { commandLineOf, isRunning } from '../proc-stat.ts';
import { startWithDescriptors } from '../run.ts';
import { COLLECTOR_SAYS, FLUSH, PRELOAD, TARGET_NODE_OPTIONS, THREADS_FOLDER } from './collector-protocol.ts';
import type { InspectorClient } from './inspector-client.ts';
import { openInspector } from './node-inspector.ts';
import { isWritten, joinProfiles, type RecordedThread, recordedThreads } from './thread-profiles.ts';

// A program of its own: starts a Node program, or attaches to one, has V8 profile each of its threads, and puts the profiles into one file.
// SIGINT ends the recording, and the program where it was started here. Ends as the program did.

const { values, positionals } = parseArgs({
  options: {
    output: { type: 'string' },
    interval: { type: 'string' },
    alone: { type: 'boolean' },
    pid: { type: 'string' },
  },
  allowPositionals: true,
});
const output = resolve(values.output ?? '');
const folder = join(dirname(output), THREADS_FOLDER);
const interval = Number(values.interval);
const stopped = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.resolve());

main().catch((error) => fail(error instanceof Error ? error.message : String(error)));

async function main(): Promise<void> {
  const end = values.pid === undefined ? await launch(positionals) : await attach(Number(values.pid));
  const threads = recordedThreads(folder);
  const written = threads.filter(isWritten);
  if (threads.length > written.length) say(`threads lost: ${threads.length - written.length}`);
  if (written.length === 0) fail(threads.length === 0 ? 'no Node was seen' : 'nothing was written');
  await joinProfiles(written, output);
  rmSync(folder, { recursive: true, force: true });
  endAs(end);
}

interface End {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

async function launch(argv: readonly string[]): Promise<End> {
  const { group } = startWithDescriptors(argv, ['inherit', 'inherit', 'inherit'], {
    env: environment(),
    leavesGroup: true,
  });
  const end = await Promise.race([group.ended, stopped.promise]);
  // Those that still run: after a stop all of them, else what the program left behind.
  await flushRunning();
  if (end) return end;
  return group.end();
}

function environment(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, [TARGET_NODE_OPTIONS]: own = '', ...env } = process.env;
  const quoted = `"${PRELOAD.replaceAll(/["\\]/g, '\\$&')}"`;
  return {
    ...env,
    // Their inspectors, should they be asked to open one, don't get into each other's way.
    NODE_OPTIONS: `${own} --require ${quoted} --inspect-port=0`.trim(),
    PERFWRIGHT_NODE_FOLDER: folder,
    PERFWRIGHT_NODE_INTERVAL: String(interval),
    ...(values.alone && { PERFWRIGHT_NODE_ALONE: '1' }),
  };
}

async function flushRunning(): Promise<void> {
  const open = recordedThreads(folder).filter((thread) => !isWritten(thread) && isRunning(thread.pid));
  const byProcess = Map.groupBy(open, ({ pid }) => pid);
  await Promise.all([...byProcess].map(([pid, threads]) => flushProcess(pid, threads).catch(() => {})));
}

/** Has a process write its profiles down, which it does though it be busy. */
async function flushProcess(pid: number, threads: readonly RecordedThread[]): Promise<void> {
  const { client } = await openInspector(pid);
  const expression = { expression: FLUSH };
  if (threads.some(({ thread }) => thread > 0)) {
    const workers = await workersOf(client);
    await Promise.all(workers.map(({ session }) => client.sendToWorker(session, 'Runtime.evaluate', expression)));
  }
  await client.send('Runtime.evaluate', expression);
  client.close();
}

interface Worker {
  readonly session: string;
  readonly thread: number;
  readonly title: string;
}

/** The workers that a process has now. */
async function workersOf(client: InspectorClient): Promise<Worker[]> {
  const found: Worker[] = [];
  client.on('NodeWorker.attachedToWorker', ({ sessionId, workerInfo }) => {
    const { workerId, title } = workerInfo as { workerId: string; title: string };
    found.push({ session: String(sessionId), thread: Number(workerId), title });
  });
  await client.send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return found;
}

async function attach(pid: number): Promise<End> {
  const { client, isOpenedByUs } = await openInspector(pid);
  const argv = commandLineOf(pid);
  const workers = values.alone ? [] : await workersOf(client);
  const start = async (ask: (method: string, params?: object) => Promise<unknown>) => {
    await ask('Profiler.enable');
    await ask('Profiler.setSamplingInterval', { interval });
    await ask('Profiler.start');
  };
  const ofWorker =
    ({ session }: Worker) =>
    (method: string, params?: object) =>
      client.sendToWorker(session, method, params);
  await start(client.send);
  await Promise.all(workers.map((worker) => start(ofWorker(worker))));
  mkdirSync(folder, { recursive: true });
  const threads = [{ thread: 0, name: '' }, ...workers.map(({ thread, title }) => ({ thread, name: title }))];
  for (const about of threads) {
    writeFileSync(join(folder, `${pid}-${about.thread}.started`), JSON.stringify({ ...about, pid, argv, version: '' }));
  }
  // It waits with its end until its profile was fetched.
  const ending = new Promise<void>((resolve) => client.on('NodeRuntime.waitingForDisconnect', () => resolve()));
  await client.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
  await Promise.race([stopped.promise, ending, client.closed]);
  const fetched = async (thread: number, ask: (method: string) => Promise<Readonly<Record<string, unknown>>>) => {
    const { profile } = await ask('Profiler.stop');
    const path = join(folder, `${pid}-${thread}.cpuprofile`);
    writeFileSync(`${path}.part`, JSON.stringify(profile));
    renameSync(`${path}.part`, path);
  };
  await Promise.allSettled([
    ...workers.map((worker) => fetched(worker.thread, ofWorker(worker))),
    fetched(0, client.send),
  ]);
  if (isOpenedByUs) {
    // It answers, or ends the connection with the inspector.
    const expression = '(process.getBuiltinModule ?? require)("inspector").close()';
    const closing = { expression, includeCommandLineAPI: true };
    await Promise.race([client.send('Runtime.evaluate', closing).catch(() => {}), sleep(500)]);
  }
  client.close();
  return { exitCode: 0, signal: null };
}

function say(words: string): void {
  process.stderr.write(`${COLLECTOR_SAYS}${words}\n`);
}

function fail(words: string): never {
  say(words);
  process.exit(1);
}

function endAs({ exitCode, signal }: End): void {
  if (signal === null) process.exit(exitCode ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
