import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import { CannotRecord } from '../../src/runs/cannot-record.ts';
import { RUN_MARK } from '../../src/runs/leftovers.ts';
import { openRecording } from '../../src/runs/open-recording.ts';
import { type RecordOptions, type RecordProgress, recordRun } from '../../src/runs/record.ts';
import type { Run } from '../../src/runs/run.ts';
import { openStore } from '../../src/runs/store.ts';
import { isRunning } from '../../src/tools/proc-stat.ts';
import type { RecordTarget } from '../../src/tools/recorder.ts';
import { needTool } from '../support/need-tool.ts';
import { processesMarked, summed, WATCHDOG } from './recordings.ts';

const PLANTED = fileURLToPath(new URL('../../experiments/cpu-profiling/python/planted.py', import.meta.url));
const HOT_LINE =
  readFileSync(PLANTED, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes('the hot line')) + 1;

describe('a recording of a Python program', { skip: needTool('py-spy', 'python3') }, () => {
  const workspace = mkdtempSync(join(tmpdir(), 'record python é '));
  const store = openStore(workspace);
  const script = join(workspace, 'planted program.py');
  before(() => writeFileSync(script, readFileSync(PLANTED)));
  after(() => {
    store.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  const python = (...argv: string[]): RecordTarget => ({ kind: 'program', argv: ['python3', ...argv] });
  const start = (target: RecordTarget, options: Partial<RecordOptions> = {}) => {
    const seen: RecordProgress[] = [];
    const handle = recordRun(
      { store, target, watchdog: WATCHDOG, summarise: (_run, path) => summed(path, workspace), ...options },
      { progress: (progress) => seen.push(progress) },
    );
    return { ...handle, seen };
  };
  const ids = (run: Run) => run.findings.map(({ id }) => id);
  const nothingIsLeftOf = (run: Run) => assert.deepEqual(processesMarked(`${RUN_MARK}=${run.id}`), []);

  test('is made by py-spy, names the planted line’s function first, and says why that tool', async () => {
    const chunks: Uint8Array[] = [];
    const run = await start(python(script, '1'), { streams: { stdout: (chunk) => chunks.push(chunk) } }).finished;
    assert.equal(run.state, 'done');
    assert.equal(run.tool.name, 'py-spy');
    assert.deepEqual(ids(run), ['tool-chosen']);
    const [first] = run.summary?.top ?? [];
    assert.equal(first.function, 'price_order');
    assert.equal(first.file, script);
    assert.ok(first.self / (run.summary?.values[0].total ?? 0) > 0.5);
    const model = new QueryModel(await openRecording(store.artifactPath(run) ?? ''));
    const [line] = ask(model, 'top', { view: model.defaultView, by: 'line', limit: 1 }).rows;
    assert.deepEqual([line.file, line.line], [script, HOT_LINE]);
    // The samples of the file, each of which is one or more of py-spy's.
    const file = JSON.parse(readFileSync(store.artifactPath(run) ?? '', 'utf8'));
    const samples = file.profiles.map(({ samples: own }: { samples: unknown[] }) => own.length);
    assert.equal(
      run.summary?.samples,
      samples.reduce((sum: number, count: number) => sum + count, 0),
    );
    assert.equal(run.quality?.lost, 0);
    // What the program wrote, and nothing of py-spy's.
    assert.match(Buffer.concat(chunks).toString(), /^\d+ rounds\n$/);
    assert.deepEqual(readdirSync(store.runFolder(run.id)).sort(), [
      'profile.speedscope.json',
      'run.json',
      'stderr.txt',
    ]);
    nothingIsLeftOf(run);
  });

  test('stops after its time, and when it is told to, with all that it has', async () => {
    const timed = await start(python(script, '60'), { durationMs: 2000 }).finished;
    assert.equal(timed.state, 'done');
    assert.equal(timed.summary?.top[0]?.function, 'price_order');
    nothingIsLeftOf(timed);
    const recording = start(python(script, '60'));
    setTimeout(() => recording.stop(), 3000);
    const stopped = await recording.finished;
    assert.equal(stopped.state, 'done');
    assert.ok((stopped.summary?.samples ?? 0) > 0);
    nothingIsLeftOf(stopped);
  });

  test('cancelled, leaves nothing running', async () => {
    const recording = start(python(script, '60'));
    setTimeout(() => recording.cancel(), 1000);
    const run = await recording.finished;
    assert.equal(run.state, 'cancelled');
    nothingIsLeftOf(run);
  });

  test('attaches to a process, and leaves it alone afterwards', async () => {
    const child = spawn('python3', [script, '60'], { stdio: 'ignore' });
    try {
      await once(child, 'spawn');
      // Behind a shim the interpreter comes a moment later.
      while (!/python/.test(readlinkSync(`/proc/${child.pid}/exe`))) await sleep(10);
      const run = await start({ kind: 'process', pid: child.pid! }, { durationMs: 2000, tool: 'py-spy' }).finished;
      assert.equal(run.state, 'done', JSON.stringify(run.findings));
      assert.equal(run.summary?.top[0]?.function, 'price_order');
      assert.ok(isRunning(child.pid!));
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('follows what it starts, each process with its own samples', async () => {
    const parent = join(workspace, 'parent.py');
    writeFileSync(
      parent,
      `import subprocess, sys\nfor _ in range(2):\n    subprocess.run([sys.executable, ${JSON.stringify(script)}, "0.7"])\n`,
    );
    const run = await start(python(parent)).finished;
    assert.equal(run.state, 'done');
    assert.equal(run.summary?.top[0]?.function, 'price_order');
    const file = JSON.parse(readFileSync(store.artifactPath(run) ?? '', 'utf8'));
    const processes = new Set(file.profiles.map(({ name }: { name: string }) => /^Process (\d+)/.exec(name)?.[1]));
    assert.ok(processes.size >= 2, [...processes].join());
  });

  test('of a program that ends at once, or fails, tells so', async () => {
    // py-spy may or may not have seen the interpreter by then.
    const failing = await start(python('-c', 'import no_such_module')).finished;
    const told = failing.state === 'done' ? 'no-samples' : 'not-python';
    assert.ok(failing.summary?.samples || ids(failing).includes(told), JSON.stringify(failing.findings));
    const native = await start({ kind: 'program', argv: ['sleep', '0.5'] }, { tool: 'py-spy' }).finished;
    assert.equal(native.state, 'failed');
    assert.deepEqual(ids(native), ['not-python']);
    assert.deepEqual(native.artifacts, []);
  });

  test('is never made by a py-spy that the program’s own PATH has: a workspace may have set that', async () => {
    const bin = join(workspace, 'planted bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'py-spy'), '#!/bin/sh\necho py-spy 9.9.9\n', { mode: 0o755 });
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` };
    const run = await start({ kind: 'program', argv: ['python3', script, '0.5'], env }).finished;
    assert.notEqual(run.tool.version, '9.9.9');
    assert.equal(run.state, 'done', JSON.stringify(run.findings));
  });

  test('can’t be made where py-spy is missing and was asked for', async () => {
    const runs = (await store.list({})).runs.length;
    const missing = start(python(script, '1'), { tool: 'py-spy', toolPaths: { 'py-spy': '/no/such/py-spy' } });
    await assert.rejects(missing.finished, (error) => {
      assert.ok(error instanceof CannotRecord);
      assert.deepEqual(
        error.findings.map(({ id }) => id),
        ['py-spy-missing'],
      );
      return true;
    });
    assert.equal((await store.list({})).runs.length, runs);
  });

  test('in a folder of a name with spaces finds its file by its whole path', async () => {
    const folder = join(workspace, 'a folder', 'ü');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'm.py'), readFileSync(PLANTED));
    const run = await start({ kind: 'program', argv: ['python3', 'm.py', '0.6'], cwd: folder }).finished;
    assert.equal(run.summary?.top[0]?.file, join(folder, 'm.py'));
    assert.equal(run.quality?.workspaceShare !== null && run.quality!.workspaceShare > 0.5, true);
  });
});
