import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordProblem } from '../../src/cli/record-problem.ts';
import type { Run } from '../../src/runs/run.ts';
import { openStore } from '../../src/runs/store.ts';
import { cli, MAIN, startCli } from '../support/cli.ts';
import { compiled } from '../support/compiled-program.ts';
import { needTool } from '../support/need-tool.ts';
import { untilWorked } from '../support/until-worked.ts';

/** Uses the processor for so many tenths of a second, in a function with a name. */
const BUSY = `#include <stdlib.h>
#include <time.h>
volatile unsigned long sum;
__attribute__((noinline)) void busy_work(void) { for (int i = 0; i < 100000; i++) sum += i; }
int main(int argc, char **argv) {
  long tenths = argc > 1 ? atol(argv[1]) : 5;
  while (clock() < tenths * CLOCKS_PER_SEC / 10) busy_work();
  return 0;
}
`;

describe('recording when something is in the way', { skip: needTool('perf', 'gcc', 'strip') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright trouble '));
  const busy = join(folder, 'busy');
  before(() => compiled(folder, 'busy', BUSY, ['gcc', '-g', '-O1', '-fno-omit-frame-pointer']));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: string[]) => cli(folder, args);
  const newest = async (): Promise<Run> => {
    const store = openStore(folder);
    try {
      return await store.get('latest');
    } finally {
      store.close();
    }
  };
  /** As recordings are that weren't made by us: without what is kept of the names of their functions. */
  const forgetSymbols = async () =>
    rmSync(join(openStore(folder).runFolder((await newest()).id), 'perf.data.symbols.gz'));
  /** Starts a recording, and waits until something of it is written and the program has worked. */
  const started = async (...argv: string[]) => {
    const known = (await openStore(folder).list()).runs.length;
    const recording = startCli(folder, ['record', '--', ...argv]);
    for (;;) {
      await sleep(50);
      const { runs } = await openStore(folder).list();
      const [latest] = runs;
      if (runs.length <= known || latest === undefined) continue;
      const file = join(openStore(folder).runFolder(latest.id), 'perf.data');
      if (existsSync(file) && readFileSync(file).length > 0) break;
    }
    await untilWorked(argv[0], 0.3);
    return recording;
  };

  it('a terminal that is closed stops the recording and keeps it', async () => {
    const { child, ended } = await started(busy, '100');
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.kill('SIGHUP');
    await ended;
    const { state, summary } = await newest();
    assert.equal(state, 'done');
    assert.ok((summary?.samples ?? 0) > 20, `${summary?.samples} samples`);
  });

  it('Ctrl+\\ cancels it', async () => {
    const { child, ended } = await started(busy, '100');
    child.kill('SIGQUIT');
    assert.equal((await ended).code, 130);
    assert.equal((await newest()).state, 'cancelled');
  });

  it('a recording whose command was killed is listed as interrupted, and opens', async () => {
    const { child, ended } = await started(busy, '100');
    child.kill('SIGKILL');
    await ended;
    while ((await run('runs', '--limit', '1')).out.includes('recording')) await sleep(200);
    assert.match((await run('runs', '--limit', '1')).out, /interrupted/);
    const { out, err } = await run('top', 'latest');
    assert.match(out, /busy_work/, err);
  });

  it('a reader of stderr that goes away ends nothing', () => {
    const script = 'exec 2> >(exec true); sleep 0.3; exec "$0" "$1" record -- "$2" 3';
    const { status, stdout } = spawnSync('bash', ['-c', script, process.execPath, MAIN, busy], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.match(stdout, /busy_work/);
    assert.equal(status, 0);
  });

  it('what the program writes to stderr is passed on byte for byte', () => {
    const argv = ['sh', '-c', 'printf "$0" >&2', '\\033[1m\\377\\376é\\r\\n'];
    const { stderr: direct } = spawnSync(argv[0]!, argv.slice(1));
    const { stderr } = spawnSync(process.execPath, [MAIN, 'record', '--', ...argv], { cwd: folder });
    assert.ok(direct.length > 5 && stderr.includes(direct), stderr.toString('latin1'));
  });

  it('a duration of more than a timer takes is not over at once', async () => {
    const { code } = await run('record', '--duration', '1e7', '--', 'sleep', '1.5');
    const { state, start, end } = await newest();
    assert.deepEqual([code, state], [0, 'done']);
    assert.ok(Date.parse(end) - Date.parse(start) > 1400, `${start} to ${end}`);
  });

  it('what is wrong is told once: an event that is mistyped is wrong usage', async () => {
    const { code, err } = await run('record', '-e', 'nonsense', '--', busy);
    assert.equal(code, 2);
    assert.equal(err.split('does not know the event nonsense').length, 2, err);
    assert.equal((await run('record', '-F', '99.5', '--', busy)).code, 2);
  });

  it('a folder that can not be written, and one for temporary files that is not there, exit with 3 and the fix', async () => {
    // Nobody may create a folder there, not even root.
    const elsewhere = await cli('/sys', ['record', '--', 'true']);
    assert.match(elsewhere.err, /Runs are kept in \/sys\/\.perfwright, where this user can't write.*Fix: /);
    assert.equal(elsewhere.code, 3);
    const env = { ...process.env, TMPDIR: '/nonexistent' };
    for (const args of [['record', '--', 'true'], ['doctor']]) {
      const { code, out, err } = await cli(folder, args, env);
      assert.match(out + err, /Temporary files can't be kept in \/nonexistent.*Fix: export TMPDIR=/);
      assert.equal(code, 3);
    }
  });

  it('a disk that is full before anything is recorded is named, with what to do', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const { message } = recordProblem(full, openStore(folder)) as Error;
    assert.match(message, /^Nothing was recorded: .*\.perfwright, and the disk is full\. Fix: Free some space/);
  });

  it('a script without its interpreter is told from a program that is not there', async () => {
    const script = join(folder, 'script');
    writeFileSync(script, '#!/nonexistent/interpreter\n');
    chmodSync(script, 0o755);
    const { code, err } = await run('record', '--', script);
    assert.match(err, /script could not be started: No such file.*interpreter/);
    assert.equal(code, 1);
  });

  it('top has the names of when it was recorded, and without them says that a program without a build-id was written since', async () => {
    const argv = ['gcc', '-g', '-O1', '-fno-omit-frame-pointer', '-Wl,--build-id=none'];
    const program = compiled(folder, 'nameless', BUSY, argv);
    assert.equal((await run('record', '--', program, '2')).code, 0);
    assert.doesNotMatch((await run('top', 'latest')).err, /nameless|Warning/);
    compiled(
      folder,
      'nameless',
      BUSY.replace('busy_work(void)', 'other_work(void)').replace(') busy_work', ') other_work'),
      argv,
    );
    const kept = await run('top', 'latest');
    assert.match(kept.out, /busy_work/);
    assert.match(kept.err, /Built again or replaced since the recording: .*nameless/);
    await forgetSymbols();
    assert.match((await run('top', 'latest')).err, /nameless was written after the recording.*may be named wrongly/);
  });

  it('top and lines have the names of when it was recorded, and without them say that a program was rebuilt, or has no symbols', async () => {
    const program = join(folder, 'changing');
    copyFileSync(busy, program);
    assert.equal((await run('record', '--', program, '2')).code, 0);
    assert.match((await run('top', 'latest')).out, /busy_work/);
    compiled(folder, 'other', 'int main(void) { return 0; }', ['gcc']);
    rmSync(program);
    copyFileSync(join(folder, 'other'), program);
    assert.match((await run('top', 'latest')).out, /busy_work/);
    const lines = await run('lines', 'latest', 'busy.c');
    assert.match(lines.out, /^.*self \d+\.\d %.*$/m, lines.err);
    await forgetSymbols();
    const top = await run('top', 'latest', '--json');
    assert.match(top.err, /changing was rebuilt or replaced since the recording/);
    assert.ok(!top.out.includes('busy_work'));
    assert.match((await run('lines', 'latest', 'busy.c')).err, /was rebuilt/);
    rmSync(program);
    copyFileSync(busy, program);
    assert.equal(spawnSync('strip', [program]).status, 0);
    assert.match((await run('top', 'latest')).err, /changing has no symbols/);
  });
});
