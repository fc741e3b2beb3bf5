import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CannotRecord } from '../../src/runs/cannot-record.ts';
import { RUN_MARK } from '../../src/runs/leftovers.ts';
import { type RecordOptions, type RecordProgress, recordRun } from '../../src/runs/record.ts';
import type { Run } from '../../src/runs/run.ts';
import { openStore } from '../../src/runs/store.ts';
import type { RecordTarget } from '../../src/tools/recorder.ts';
import { perfFileState } from '../../src/tools/recorders/perf/perf-file-state.ts';
import { runToEnd } from '../../src/tools/run.ts';
import { needTool } from '../support/need-tool.ts';
import { untilWorked } from '../support/until-worked.ts';
import { buildActor } from './actor.ts';
import { figuresOf, processesMarked, WATCHDOG } from './recordings.ts';

describe('a recording', { skip: needTool('perf', 'cc') }, () => {
  // With a space and letters beyond ASCII, as folders of people have.
  const workspace = mkdtempSync(join(tmpdir(), 'record é ü 目 '));
  const actor = join(workspace, 'bin folder', 'actör');
  const store = openStore(workspace);
  before(() => buildActor(actor));
  after(() => {
    store.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  const program = (...argv: string[]): RecordTarget => ({ kind: 'program', argv: [actor, ...argv] });
  const start = (target: RecordTarget, options: Partial<RecordOptions> = {}) => {
    const seen: RecordProgress[] = [];
    const handle = recordRun(
      { store, target, watchdog: WATCHDOG, summarise: async (run) => figuresOf(await samplesOf(run)), ...options },
      { progress: (progress) => seen.push(progress) },
    );
    return { ...handle, seen };
  };
  const record = (target: RecordTarget, options?: Partial<RecordOptions>) => start(target, options).finished;
  /** As perf itself counts them. */
  const samplesOf = async (run: Run) => {
    const out = await runToEnd(['perf', 'script', '-F', 'comm', '-G', '-i', store.artifactPath(run) ?? '']);
    return out.stdout.split('\n').filter((line) => line !== '').length;
  };
  /** Samples that 0.1 s of work give, at the very least. */
  const SOME = 10;
  /** Findings on the recording, without those on the machine that it is made on. */
  const ids = (run: Run) => run.findings.map(({ id }) => id).filter((id) => !OF_MACHINE.includes(id));
  const OF_MACHINE = ['no-hardware-counters', 'user-code-only', 'kernel-addresses-hidden'];
  const until = async (seen: readonly RecordProgress[], phase: RecordProgress['phase']) => {
    while (!seen.some((progress) => progress.phase === phase && progress.bytes > 0)) await sleep(10);
  };

  test('starts the program that PATH means, whatever else is where perf is', async () => {
    // perf’s folder has a program of this name, too.
    const bin = join(workspace, 'first on PATH');
    mkdirSync(bin);
    writeFileSync(join(bin, 'env'), '#!/bin/sh\necho the right one\n', { mode: 0o755 });
    const chunks: Uint8Array[] = [];
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` };
    const run = await record(
      { kind: 'program', argv: ['env'], env },
      { streams: { stdout: (chunk) => chunks.push(chunk) } },
    );
    assert.equal(run.state, 'done');
    assert.equal(Buffer.concat(chunks).toString(), 'the right one\n');
  });

  test('keeps what was run, how, where, and what came of it', async () => {
    const { finished, seen } = start(program('spin', '0.3', 'exit', '0'), { title: 'a title' });
    const run = await finished;
    assert.equal(run.state, 'done');
    assert.equal(run.title, 'a title');
    assert.deepEqual(run.exit, { code: 0, signal: null });
    assert.deepEqual(run.target, { kind: 'program', argv: [actor, 'spin', '0.3', 'exit', '0'] });
    assert.deepEqual(ids(run), []);
    assert.equal(run.owner, null);
    assert.ok(Date.parse(run.end) - Date.parse(run.start) >= 300);
    assert.ok(run.environment !== null && run.environment.cpu.processors > 0);
    assert.ok((run.summary?.samples ?? 0) > SOME);
    const content = readFileSync(store.artifactPath(run) ?? '');
    const sha256 = createHash('sha256').update(content).digest('hex');
    assert.deepEqual(run.artifacts, [{ file: 'perf.data', bytes: content.length, sha256 }]);
    assert.match(readFileSync(join(store.runFolder(run.id), 'stderr.txt'), 'utf8'), /Captured and wrote/);
    assert.deepEqual(readdirSync(store.runFolder(run.id)).sort(), ['perf.data', 'run.json', 'stderr.txt']);
    assert.deepEqual(await store.get('latest'), run);
    const phases = seen.map(({ phase }) => phase);
    assert.deepEqual([...new Set(phases)], ['preparing', 'recording', 'importing']);
    assert.deepEqual(processesMarked(`${RUN_MARK}=${run.id}`), []);
  });

  test('a program that is not there, or may not be executed, is named and makes no run', async () => {
    const before = (await store.list()).runs.length;
    const file = join(workspace, 'not a program');
    writeFileSync(file, 'text');
    const cases: [RecordTarget, string][] = [
      [{ kind: 'program', argv: ['./no such program'] }, 'program-not-found'],
      [{ kind: 'program', argv: [] }, 'program-not-found'],
      [{ kind: 'program', argv: [file] }, 'program-not-executable'],
      [{ kind: 'program', argv: [workspace] }, 'program-not-executable'],
      [{ ...program(), cwd: join(workspace, 'nowhere') } as RecordTarget, 'program-bad-working-directory'],
      [{ kind: 'process', pid: 2 ** 22 + 1 }, 'process-gone'],
      [{ kind: 'process', pid: -1 }, 'process-gone'],
    ];
    for (const [target, id] of cases) {
      await assert.rejects(record(target), (error) => {
        assert.ok(error instanceof CannotRecord, String(error));
        assert.deepEqual(
          error.findings.map((finding) => finding.id),
          [id],
        );
        return true;
      });
    }
    assert.equal((await store.list()).runs.length, before);
  });

  test('without perf it says how to install it', async () => {
    await assert.rejects(record(program('exit', '0'), { toolPaths: { perf: '/no/such/perf' } }), (error) => {
      assert.ok(error instanceof CannotRecord);
      assert.equal(error.findings[0]?.id, 'perf-missing');
      assert.match(error.message, /perfwright\.tools\.perf\.path/);
      return true;
    });
  });

  test('a program that exits at once leaves a run that says why it is empty', async () => {
    const run = await record(program('exit', '0'), { summarise: async () => figuresOf(0) });
    assert.equal(run.state, 'done');
    assert.deepEqual(ids(run), ['no-samples']);
  });

  test('an exit code and a crash are told, and what was done until then is kept', async () => {
    const failed = await record(program('spin', '0.1', 'exit', '7'));
    assert.deepEqual([failed.state, failed.exit, ids(failed)], ['done', { code: 7, signal: null }, ['program-failed']]);
    const crashed = await record(program('spin', '0.1', 'crash'));
    assert.deepEqual([crashed.state, crashed.exit?.signal, ids(crashed)], ['done', 'SIGSEGV', ['program-crashed']]);
    assert.ok((crashed.summary?.samples ?? 0) > SOME);
  });

  test('a program that goes on in the background is ended and named', async () => {
    const run = await record(program('leave', 'session', 'stubborn', 'spin', '60'));
    assert.equal(run.state, 'done');
    assert.ok(ids(run).includes('program-went-on'));
    assert.match(run.findings.find(({ id }) => id === 'program-went-on')?.what ?? '', /actör \(\d+\)/);
    assert.deepEqual(processesMarked(`${RUN_MARK}=${run.id}`), []);
  });

  test('a program gets its streams, arguments, environment and working directory', async () => {
    const input = join(workspace, 'input');
    writeFileSync(input, 'from a file\n');
    const stdin = openSync(input, 'r');
    let stdout = '';
    let stderr = '';
    const script = 'read line; echo "$line|$1|$2|$X|$PWD"; echo oops >&2';
    const run = await record(
      {
        kind: 'program',
        argv: ['sh', '-c', script, 'sh', '-e', 'a b'],
        cwd: join(workspace, 'bin folder'),
        env: { ...process.env, X: 'ü' },
      },
      {
        streams: {
          stdin,
          stdout: (chunk) => {
            stdout += Buffer.from(chunk);
          },
          stderr: (chunk) => {
            stderr += Buffer.from(chunk);
          },
        },
      },
    );
    closeSync(stdin);
    assert.equal(stdout, `from a file|-e|a b|ü|${join(workspace, 'bin folder')}\n`);
    assert.equal(stderr, 'oops\n');
    assert.match(readFileSync(join(store.runFolder(run.id), 'stderr.txt'), 'utf8'), /^oops\n\[ perf record/);
  });

  test('a program that reads finds nothing to read, and ends', async () => {
    const run = await record(program('echo', 'exit', '0'));
    assert.deepEqual(run.exit, { code: 0, signal: null });
  });

  test('a program that prints a lot loses none of it, and its stderr is kept in part', async () => {
    let bytes = 0;
    let errorBytes = 0;
    const run = await record(program('loud', '20000000'), {
      streams: {
        stdout: (chunk) => {
          bytes += chunk.length;
        },
        stderr: (chunk) => {
          errorBytes += chunk.length;
        },
      },
    });
    assert.deepEqual([run.state, bytes, errorBytes], ['done', 20_000_000, 20_000_000]);
    const kept = readFileSync(join(store.runFolder(run.id), 'stderr.txt'), 'utf8');
    assert.ok(kept.length < 1_200_000);
    assert.match(kept, /bytes left out[\s\S]*Captured and wrote/);
  });

  test('the time limit ends it', async () => {
    const run = await record(program('spin', '60'), { durationMs: 1500 });
    assert.deepEqual([run.state, ids(run)], ['done', []]);
    assert.ok((run.summary?.samples ?? 0) > SOME);
  });

  test('stop ends a program that will not, and the file is whole', async () => {
    const { finished, seen, stop } = start(program('stubborn', 'fork', 'session', 'spin', '60'), { graceMs: 200 });
    await until(seen, 'recording');
    await untilWorked(actor, 0.3);
    stop();
    stop();
    const run = await finished;
    assert.deepEqual([run.state, ids(run)], ['done', []]);
    assert.equal(await perfFileState(store.artifactPath(run) ?? ''), 'finished');
    assert.ok(seen.some(({ phase }) => phase === 'finishing'));
    assert.deepEqual(processesMarked(`${RUN_MARK}=${run.id}`), []);
  });

  test('cancel keeps what there is, while recording and while importing', async () => {
    const recording = start(program('spin', '60'));
    await until(recording.seen, 'recording');
    await untilWorked(actor, 0.3);
    recording.cancel();
    const run = await recording.finished;
    assert.equal(run.state, 'cancelled');
    assert.ok((await samplesOf(run)) > SOME);
    assert.deepEqual(processesMarked(`${RUN_MARK}=${run.id}`), []);

    const importing = start(program('spin', '0.1'), {
      summarise: (_run, _path, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    await until(importing.seen, 'importing');
    importing.cancel();
    const second = await importing.finished;
    assert.deepEqual([second.state, second.artifacts.length, second.summary], ['cancelled', 1, null]);
  });

  test('cancel before anything runs leaves no run', async () => {
    const before = (await store.list()).runs.length;
    const { finished, cancel } = start(program('spin', '60'));
    await sleep(30);
    cancel();
    await assert.rejects(finished, { name: 'AbortError' });
    assert.equal((await store.list()).runs.length, before);
  });

  test('a recording that cannot be read is kept as failed, with the reason', async () => {
    const run = await record(program('spin', '0.1'), {
      summarise: () => Promise.reject(new Error('perf.data, at byte 7: odd')),
    });
    assert.deepEqual([run.state, ids(run), run.artifacts.length], ['failed', ['not-imported'], 1]);
    assert.match(run.findings.at(-1)?.why ?? '', /at byte 7/);
  });

  test('attaches to a process and leaves it running', async () => {
    const target = spawn(actor, ['spin', '60'], { stdio: 'ignore' });
    try {
      const run = await record({ kind: 'process', pid: target.pid ?? 0 }, { durationMs: 1500 });
      assert.deepEqual([run.state, ids(run)], ['done', []]);
      assert.deepEqual(run.target, { kind: 'process', pid: target.pid, argv: [actor, 'spin', '60'] });
      assert.ok((run.summary?.samples ?? 0) > SOME);
      assert.equal(target.exitCode, null);
      assert.equal(target.signalCode, null);
    } finally {
      target.kill('SIGKILL');
      await once(target, 'exit');
    }
  });

  test('ends when the process it is attached to ends', async () => {
    const target = spawn(actor, ['spin', '4'], { stdio: 'ignore' });
    const run = await record({ kind: 'process', pid: target.pid ?? 0 });
    assert.equal(run.state, 'done');
    assert.ok((run.summary?.samples ?? 0) > SOME);
  });

  test('three at once, one of them from another process, do not disturb each other', async () => {
    const recorder = fileURLToPath(new URL('recorder.ts', import.meta.url));
    const [one, two, elsewhere] = await Promise.all([
      record(program('spin', '0.4')),
      record(program('spin', '0.4', 'exit', '3')),
      runToEnd([process.execPath, recorder, workspace, '60000', actor, 'spin', '0.4', 'exit', '4']),
    ]);
    const three = JSON.parse(elsewhere.stdout) as Run;
    assert.deepEqual(
      [one, two, three].map(({ state, exit }) => [state, exit?.code]),
      [
        ['done', 0],
        ['done', 3],
        ['done', 4],
      ],
    );
    for (const run of [one, two, three]) {
      assert.ok((await samplesOf(run)) > SOME);
      assert.deepEqual(await store.get(run.id), run);
    }
    const listed = (await store.list()).runs.map(({ id }) => id);
    assert.deepEqual(
      [one, two, three].filter(({ id }) => !listed.includes(id)),
      [],
    );
  });

  test('a full disk fails the run, says so, and keeps what fitted', {
    skip: process.getuid?.() !== 0 && 'needs root to mount',
  }, async () => {
    const small = join(workspace, 'small');
    mkdirSync(small);
    const mounted = await runToEnd(['mount', '-t', 'tmpfs', '-o', 'size=600k', 'none', small]);
    assert.equal(mounted.exitCode, 0, mounted.stderr);
    try {
      const full = openStore(small);
      const run = await record(program('spin', '20'), { store: full, wish: { sampling: { frequencyHz: 9999 } } });
      assert.deepEqual([run.state, ids(run)], ['failed', ['disk-full']]);
      assert.equal(run.artifacts.length, 1);
      assert.deepEqual(await full.get(run.id), run);
      full.close();
    } finally {
      await runToEnd(['umount', '-l', small]);
    }
  });

  test('a watchdog that is killed leaves nothing running, and the run says what happened', async () => {
    const { finished, seen } = start(program('stubborn', 'fork', 'session', 'spin', '60'));
    await until(seen, 'recording');
    await untilWorked(actor, 0.3);
    const watchdog = (await store.list({ states: ['recording'] })).runs[0]?.owner?.processes[1];
    process.kill(watchdog?.pid ?? 0, 'SIGKILL');
    const run = await finished;
    assert.deepEqual([run.state, ids(run)], ['failed', ['watchdog-died']]);
    assert.deepEqual(processesMarked(`${RUN_MARK}=${run.id}`), []);
  });

  test('the text of files that differ from the commit is kept', { skip: needTool('git') }, async () => {
    const repository = join(workspace, 'repository');
    mkdirSync(join(repository, 'src'), { recursive: true });
    writeFileSync(join(repository, 'src', 'a b.c'), 'int a;\n');
    writeFileSync(join(repository, 'clean.c'), 'int c;\n');
    const git = (...args: string[]) =>
      runToEnd(['git', '-C', repository, '-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args]);
    await git('init', '-q');
    await git('add', '.');
    await git('commit', '-q', '-m', 'first');
    writeFileSync(join(repository, 'src', 'a b.c'), 'int a = 1;\n');
    writeFileSync(join(repository, 'data.bin'), Buffer.from([1, 0, 2]));
    const own = openStore(repository);
    const run = await record(program('exit', '0'), { store: own });
    assert.match(run.environment?.git?.commit ?? '', /^[0-9a-f]{40}$/);
    assert.deepEqual(run.environment?.git?.dirty.toSorted(), ['data.bin', 'src/a b.c']);
    assert.deepEqual(
      run.sources.map(({ path }) => path),
      ['src/a b.c'],
    );
    assert.equal(readFileSync(join(own.runFolder(run.id), run.sources[0]?.file ?? ''), 'utf8'), 'int a = 1;\n');
    // Nothing of ours shows in the repository.
    assert.equal((await git('status', '--porcelain')).stdout, ' M "src/a b.c"\n?? data.bin\n');
    own.close();
  });

  test('leaves no descriptor open', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    await record(program('exit', '0'));
    const before = open();
    for (let i = 0; i < 3; i++) await record(program('exit', '0'), { streams: { stdout: () => {}, stderr: () => {} } });
    await assert.rejects(record({ kind: 'program', argv: ['./none'] }), CannotRecord);
    await sleep(50);
    assert.ok(open() <= before, `${before} before, ${open()} after`);
  });
});
