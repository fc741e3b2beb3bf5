import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { allPids, isRunning, procStat } from '../../src/tools/proc-stat.ts';
import { endAll, runToEnd, startProcess } from '../../src/tools/run.ts';
import { RunFailure } from '../../src/tools/run-failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'run été '));
after(() => rmSync(folder, { recursive: true, force: true }));

const failsAs = (kind: RunFailure['kind'], words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof RunFailure);
  assert.equal(error.kind, kind);
  assert.match(error.message, words);
  return true;
};

describe('runToEnd', () => {
  test('gives exit code and both outputs', async () => {
    const out = await runToEnd([
      process.execPath,
      '-e',
      'process.stdout.write("né"); console.error("bad"); process.exitCode = 3',
    ]);
    assert.deepEqual(out, { exitCode: 3, signal: null, stdout: 'né', stderr: 'bad\n' });
  });

  test('hands arguments over as they are', async () => {
    const args = ['a b', '$(id)', '; rm x', '*', "'", '--', ''];
    const script = 'console.log(JSON.stringify(process.argv.slice(1)))';
    const out = await runToEnd([process.execPath, '-e', script, '--', ...args]);
    assert.deepEqual(JSON.parse(out.stdout), args);
  });

  test('a program gets its input, working directory and environment', async () => {
    const script =
      'let t = ""; process.stdin.on("data", (c) => t += c).on("end", () => console.log(t, process.cwd(), process.env.X))';
    const out = await runToEnd([process.execPath, '-e', script], { input: 'hey', cwd: folder, env: { X: 'ü' } });
    assert.equal(out.stdout, `hey ${folder} ü\n`);
  });

  test('a signal that ends the program is told', async () => {
    const out = await runToEnd([process.execPath, '-e', 'process.kill(process.pid, "SIGSEGV")']);
    assert.deepEqual([out.exitCode, out.signal], [null, 'SIGSEGV']);
  });

  test('a missing program is named, by name and by path', async () => {
    await assert.rejects(runToEnd(['no-such-program']), failsAs('not-found', /no-such-program.*PATH/));
    await assert.rejects(runToEnd(['./no-such'], { cwd: folder }), failsAs('not-found', /\.\/no-such.*no such file/));
    await assert.rejects(runToEnd(['']), failsAs('not-found', /empty name/));
    await assert.rejects(runToEnd([]), failsAs('not-found', /empty name/));
  });

  test('a file without the right to execute, and a folder, are told apart from a missing program', async () => {
    const file = join(folder, 'plain.txt');
    writeFileSync(file, 'text');
    await assert.rejects(runToEnd([file]), failsAs('not-executable', /chmod \+x/));
    await assert.rejects(runToEnd(['plain.txt'], { env: { PATH: folder } }), failsAs('not-executable', /chmod/));
    await assert.rejects(runToEnd([folder]), failsAs('not-executable', /is a folder/));
  });

  test('a working directory that is not there is named, though the program is', async () => {
    const cwd = join(folder, 'nowhere');
    await assert.rejects(runToEnd([process.execPath, '-v'], { cwd }), failsAs('bad-working-directory', /nowhere/));
  });

  test('a script whose interpreter is missing does not count as missing itself', async () => {
    const file = join(folder, 'script');
    writeFileSync(file, '#!/no/such/interpreter\n');
    chmodSync(file, 0o755);
    await assert.rejects(runToEnd([file]), failsAs('not-started', /interpreter/));
  });

  test('an argument with a NUL byte, or too long, is refused without another kind of error', async () => {
    await assert.rejects(runToEnd([process.execPath, 'a\0b']), failsAs('not-started', /null bytes/));
    await assert.rejects(runToEnd([process.execPath, 'x'.repeat(3_000_000)]), failsAs('not-started', /E2BIG/));
  });

  test('too long and too much are ended', async () => {
    const forever = 'setInterval(() => process.stdout.write("x".repeat(10000)), 1)';
    await assert.rejects(
      runToEnd([process.execPath, '-e', forever], { maxOutputBytes: 30000 }),
      failsAs('too-much-output', /30000 bytes to stdout/),
    );
    await assert.rejects(
      runToEnd([process.execPath, '-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 50 }),
      failsAs('timed-out', /50 ms/),
    );
  });

  test('a process that leaves the group does not hold the result back', async () => {
    const script = `const child = require('node:child_process').spawn('sleep', ['30'], {detached: true, stdio: 'inherit'}); child.unref(); console.log(child.pid)`;
    const out = await runToEnd([process.execPath, '-e', script]);
    assert.ok(isRunning(Number(out.stdout)));
    process.kill(Number(out.stdout), 'SIGKILL');
  });

  test('an abort ends the program and gives its reason', async () => {
    const controller = new AbortController();
    const running = runToEnd([process.execPath, '-e', 'setInterval(() => {}, 1000)'], { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 30);
    await assert.rejects(running, /enough/);
    await assert.rejects(runToEnd([process.execPath, '-v'], { signal: controller.signal }), /enough/);
  });
});

describe('startProcess', () => {
  test('answers line by line and ends when its input ends', async () => {
    const cat = startProcess(['cat']);
    cat.stdin.write('one\n');
    const [first] = await new Promise<Buffer[]>((resolve) => cat.stdout.once('data', (chunk) => resolve([chunk])));
    assert.equal(String(first), 'one\n');
    cat.stdin.end();
    cat.stdout.resume();
    assert.deepEqual(await cat.ended, { exitCode: 0, signal: null });
    assert.equal(cat.kill('SIGTERM'), false);
  });

  test('writing to a program that has ended breaks nothing', async () => {
    const run = startProcess(['true']);
    await run.ended;
    for (let i = 0; i < 5; i++) run.stdin.write('x'.repeat(100_000));
    await sleep(20);
    assert.equal((await run.end()).exitCode, 0);
  });

  test('end kills a program that ignores being asked, with all it started', async () => {
    const script = `process.on('SIGTERM', () => {}); require('node:child_process').spawn('sleep', ['300'], {stdio: 'inherit'}); console.log('up'); setInterval(() => {}, 1000)`;
    const run = startProcess([process.execPath, '-e', script]);
    await new Promise((resolve) => run.stdout.once('data', resolve));
    assert.deepEqual(await run.end(50), { exitCode: null, signal: 'SIGKILL' });
    assert.deepEqual(groupOf(run.pid), []);
  });

  test('what a program leaves behind in its group ends with it', async () => {
    const script = `require('node:child_process').spawn('sleep', ['300'], {stdio: 'ignore'}).unref()`;
    const run = startProcess([process.execPath, '-e', script]);
    await run.ended;
    await sleep(20);
    assert.deepEqual(groupOf(run.pid), []);
  });

  test('all that runs can be ended at once, but for what looks after itself', async () => {
    const [own, another] = [startProcess(['sleep', '300']), startProcess(['sleep', '300'])];
    const outliving = startProcess(['sleep', '300'], { outlivesUs: true });
    await endAll();
    assert.deepEqual([own.pid, another.pid, outliving.pid].map(groupOf), [[], [], [outliving.pid]]);
    await outliving.end(0);
  });

  test('programs end when the process that started them exits', async () => {
    const runFile = new URL('../../src/tools/run.ts', import.meta.url).href;
    const script = `import { startProcess } from ${JSON.stringify(runFile)}; console.log(startProcess(['sleep', '300']).pid); process.exit(0)`;
    const out = await runToEnd([process.execPath, '--input-type=module-typescript', '-e', script]);
    const pid = Number(out.stdout);
    assert.ok(pid > 1, out.stderr);
    await sleep(20);
    assert.equal(isRunning(pid), false);
  });
});

function groupOf(group: number): number[] {
  return allPids().filter((pid) => isRunning(pid) && procStat(pid)?.group === group);
}
