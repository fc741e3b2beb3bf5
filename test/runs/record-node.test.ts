import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import { RUN_MARK } from '../../src/runs/leftovers.ts';
import { openRecording } from '../../src/runs/open-recording.ts';
import { type RecordOptions, recordRun } from '../../src/runs/record.ts';
import type { Run } from '../../src/runs/run.ts';
import { openStore } from '../../src/runs/store.ts';
import { isRunning } from '../../src/tools/proc-stat.ts';
import type { RecordTarget } from '../../src/tools/recorder.ts';
import { processesMarked, summed, WATCHDOG } from './recordings.ts';

const PLANTED = fileURLToPath(new URL('../../experiments/cpu-profiling/node/planted.ts', import.meta.url));
const THREADS = fileURLToPath(new URL('threads.cjs', import.meta.url));
const HOT_LINE =
  readFileSync(PLANTED, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes('Math.cbrt')) + 1;

describe('a recording of a Node program', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'record "node" é '));
  const store = openStore(workspace);
  const planted = join(workspace, 'planted program.ts');
  const threads = join(workspace, 'threads.cjs');
  before(() => {
    writeFileSync(planted, readFileSync(PLANTED));
    writeFileSync(threads, readFileSync(THREADS));
  });
  after(() => {
    store.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  const node = (...argv: string[]): RecordTarget => ({ kind: 'program', argv: ['node', ...argv] });
  const start = (target: RecordTarget, options: Partial<RecordOptions> = {}) =>
    recordRun({ store, target, watchdog: WATCHDOG, summarise: (_run, path) => summed(path, workspace), ...options });
  const ids = (run: Run) => run.findings.map(({ id }) => id).filter((id) => id !== 'tool-chosen');
  const opened = async (run: Run) => new QueryModel(await openRecording(store.artifactPath(run) ?? ''));
  const callersOf = async (run: Run) => {
    const model = await opened(run);
    return ask(model, 'top', { view: model.defaultView, by: 'function', limit: 200 }).rows.map(({ name }) => name);
  };
  const nothingIsLeftOf = (run: Run) => {
    assert.deepEqual(processesMarked(`${RUN_MARK}=${run.id}`), []);
    assert.deepEqual(
      readdirSync(store.runFolder(run.id)).filter((name) => name !== 'profile.trace.json'),
      ['run.json', 'stderr.txt'],
    );
  };
  /** Runs one of the programs by itself, as somebody else's. */
  const running = async (use: (child: ChildProcess & { pid: number }) => Promise<void>, ...argv: string[]) => {
    const child = spawn('node', argv, { stdio: 'ignore', detached: true });
    try {
      await once(child, 'spawn');
      // Its own code runs once Node has its handlers in place.
      await sleep(1000);
      await use(child as ChildProcess & { pid: number });
    } finally {
      // With the child process that one of them starts.
      if (child.exitCode === null) process.kill(-child.pid!, 'SIGKILL');
    }
  };

  test('is made by V8, with the planted line first, and TypeScript’s lines where Node runs it as it is', async () => {
    const out: Uint8Array[] = [];
    const err: Uint8Array[] = [];
    const streams = { stdout: (chunk: Uint8Array) => out.push(chunk), stderr: (chunk: Uint8Array) => err.push(chunk) };
    const run = await start(node(planted, '1'), { streams }).finished;
    assert.equal(run.state, 'done');
    assert.deepEqual(run.tool, { name: 'node', version: process.versions.node });
    assert.deepEqual(run.exit, { code: 0, signal: null });
    assert.deepEqual(ids(run), []);
    const model = await opened(run);
    const [line] = ask(model, 'top', { view: model.defaultView, by: 'line', limit: 1 }).rows;
    assert.deepEqual([line.name, line.file, line.line], ['priceOrder', planted, HOT_LINE]);
    // As V8 counted: every sample of the profile, and every tick of a line.
    const { traceEvents } = JSON.parse(readFileSync(store.artifactPath(run) ?? '', 'utf8'));
    const { cpuProfile } = traceEvents.find(({ name }: { name: string }) => name === 'CpuProfile').args.data;
    assert.equal(run.summary?.samples, cpuProfile.samples.length);
    assert.match(Buffer.concat(out).toString(), /^\d+ rounds, \d+ reports kept\n$/);
    assert.doesNotMatch(Buffer.concat(err).toString(), /[Dd]ebugger|perfwright/);
    nothingIsLeftOf(run);
  });

  test('has worker threads and child processes, each with its own samples', async () => {
    const run = await start(node(threads, '500')).finished;
    assert.equal(run.state, 'done');
    const names = await callersOf(run);
    for (const name of ['hotInMain', 'hotInWorker', 'hotInChild']) assert.ok(names.includes(name), name);
    const { threads: table, strings } = (await opened(run)).profile;
    assert.equal(table.length, 3);
    assert.equal(new Set(table.pid).size, 2);
    assert.equal(Array.from(table.name, (name) => strings[name]).includes('cruncher'), true);
    nothingIsLeftOf(run);
  });

  test('without its children has its first thread alone', async () => {
    const run = await start(node(threads, '300'), { wish: { inherit: false } }).finished;
    const names = await callersOf(run);
    assert.ok(names.includes('hotInMain'));
    assert.ok(!names.includes('hotInWorker') && !names.includes('hotInChild'));
  });

  test('stops with all that it has, though every thread be busy and listen to nothing', async () => {
    const recording = start(node(threads, '600000'));
    setTimeout(() => recording.stop(), 2500);
    const run = await recording.finished;
    assert.equal(run.state, 'done', JSON.stringify(run.findings));
    assert.deepEqual(ids(run), []);
    const names = await callersOf(run);
    for (const name of ['hotInMain', 'hotInWorker', 'hotInChild']) assert.ok(names.includes(name), name);
    nothingIsLeftOf(run);
  });

  test('stops after its time, and cancelled leaves nothing running', async () => {
    const timed = await start(node(planted, '600'), { durationMs: 1000 }).finished;
    assert.equal(timed.state, 'done');
    assert.ok((timed.summary?.samples ?? 0) > 0);
    nothingIsLeftOf(timed);
    const recording = start(node(threads, '600000'));
    setTimeout(() => recording.cancel(), 1500);
    const run = await recording.finished;
    assert.equal(run.state, 'cancelled');
    nothingIsLeftOf(run);
  });

  test('keeps the program’s own NODE_OPTIONS, and its exit code, signal and complaint', async () => {
    const required = join(workspace, 'it’s required.cjs');
    writeFileSync(required, 'globalThis.wasRequired = true;\n');
    const env = { ...process.env, NODE_OPTIONS: `--require "${required.replaceAll('"', '\\"')}"` };
    const code = 'for (const end = Date.now() + 200; Date.now() < end; ); process.exit(globalThis.wasRequired ? 7 : 8)';
    const exited = await start({ kind: 'program', argv: ['node', '-e', code], env }).finished;
    assert.deepEqual([exited.state, exited.exit?.code, ids(exited)], ['done', 7, ['program-failed']]);
    const killing =
      'for (const end = Date.now() + 200; Date.now() < end; ); process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 9);';
    const killed = await start(node('-e', killing)).finished;
    assert.deepEqual([killed.state, killed.exit?.signal, ids(killed)], ['done', 'SIGTERM', ['program-crashed']]);
    assert.ok((killed.summary?.samples ?? 0) > 50);
  });

  test('has what the threads wrote, though the collector itself was killed', async () => {
    const code = `
      const { Worker } = require('worker_threads');
      new Worker('for (const end = Date.now() + 300; Date.now() < end; );', { eval: true }).on('exit', () => {
        process.kill(process.ppid, 'SIGKILL');
        setInterval(() => {}, 1000);
      });`;
    const run = await start(node('-e', code)).finished;
    assert.equal(run.state, 'done', JSON.stringify(run.findings));
    assert.deepEqual(ids(run), ['program-crashed', 'program-went-on']);
    assert.deepEqual(Array.from((await opened(run)).profile.threads.tid), [1]);
    nothingIsLeftOf(run);
  });

  test('leaves a program its own handling of signals', async () => {
    const code = `
      process.on('SIGTERM', () => { console.log('ends in its own time'); setTimeout(() => process.exit(0), 300); });
      process.kill(process.pid, 'SIGTERM');
      setInterval(() => {}, 10);`;
    const out: Uint8Array[] = [];
    const run = await start(node('-e', code), { streams: { stdout: (chunk) => out.push(chunk) } }).finished;
    assert.deepEqual([run.state, run.exit?.code], ['done', 0]);
    assert.equal(Buffer.concat(out).toString(), 'ends in its own time\n');
  });

  test('of a thread that was ended from outside says that it isn’t known what it did', async () => {
    const code = `
      const { Worker } = require('worker_threads');
      const worker = new Worker('for (;;);', { eval: true });
      setTimeout(() => worker.terminate(), 700);`;
    const run = await start(node('-e', code)).finished;
    assert.equal(run.state, 'done');
    assert.deepEqual(ids(run), ['node-threads-lost']);
  });

  test('of what starts no Node fails with a reason', async () => {
    const run = await start({ kind: 'program', argv: ['sleep', '0.2'] }, { tool: 'node' }).finished;
    assert.equal(run.state, 'failed');
    assert.deepEqual(ids(run), ['no-node']);
    assert.deepEqual(run.artifacts, []);
  });

  test('of a process that runs leaves it as it was: running, and without an inspector', async () => {
    await running(
      async ({ pid }) => {
        const target = { kind: 'process', pid } as const;
        for (let round = 0; round < 2; round++) {
          const run = await start(target, { durationMs: 800 }).finished;
          assert.equal(run.state, 'done', JSON.stringify(run.findings));
          assert.equal(run.tool.name, 'node');
          const names = await callersOf(run);
          assert.ok(names.includes('hotInMain') && names.includes('hotInWorker'), names.join());
          assert.ok(isRunning(pid));
          // Time to close the inspector.
          await sleep(300);
          await assert.rejects(fetch('http://127.0.0.1:9229/json/list'));
        }
      },
      threads,
      '600000',
    );
  });

  test('of a process that ends meanwhile has all of it, and doesn’t hold it up', async () => {
    await running(
      async (child) => {
        const exited = once(child, 'exit');
        const run = await start({ kind: 'process', pid: child.pid }).finished;
        assert.equal(run.state, 'done', JSON.stringify(run.findings));
        assert.equal(run.summary?.top[0]?.function, 'priceOrder');
        assert.deepEqual(await exited, [0, null]);
      },
      planted,
      '3',
    );
  });

  test('isn’t made of a process that a signal would end', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      await once(child, 'spawn');
      await assert.rejects(start({ kind: 'process', pid: child.pid! }, { tool: 'node' }).finished, /is no Node/);
      assert.ok(isRunning(child.pid!));
    } finally {
      child.kill('SIGKILL');
    }
    await running(
      async ({ pid }) => {
        const run = await start({ kind: 'process', pid }, { durationMs: 500 }).finished;
        assert.equal(run.state, 'failed');
        assert.match(run.findings.at(-1)?.why ?? '', /--disable-sigusr1/);
        assert.ok(isRunning(pid));
      },
      '--disable-sigusr1',
      threads,
      '600000',
    );
  });

  test('in a project whose script npm runs has the script, not npm', async () => {
    const project = join(workspace, 'a project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), JSON.stringify({ scripts: { work: 'node planted.ts 1' } }));
    writeFileSync(join(project, 'planted.ts'), readFileSync(PLANTED));
    const run = await start({ kind: 'program', argv: ['npm', 'run', 'work'], cwd: project }).finished;
    assert.equal(run.state, 'done', JSON.stringify(run.findings));
    assert.equal(run.summary?.top[0]?.function, 'priceOrder');
    assert.equal((await opened(run)).profile.threads.length, 1);
  });
});
