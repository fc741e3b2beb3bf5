import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openComparison } from '../../src/runs/comparison-session.ts';
import { openProfileSession } from '../../src/runs/profile-session.ts';
import { isRunning } from '../../src/tools/proc-stat.ts';
import { REPOSITORY } from '../support/bench/repository.ts';
import { compiled } from '../support/compiled-program.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';
import { message } from '../support/pprof/pprof-file.ts';

const worker = new URL('../../src/runs/profile-worker.ts', import.meta.url);

describe('a recording that is given up while a tool works for it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright session '));
  const pids = join(folder, 'pids');
  /** A program in place of any tool: it says that it has begun, and never ends by itself; a process that it started doesn't either. */
  const slowTool = (name: string, before = '') => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${before}\nsleep 1000 &\necho $$ $! >'${pids}'\nwhile :; do wait; done\n`, {
      mode: 0o755,
    });
    return path;
  };
  /** Processes of the slow tool, once it has begun. */
  const begun = async () => {
    while (!existsSync(pids) || readFileSync(pids, 'utf8') === '') await delay(5);
    return readFileSync(pids, 'utf8').split(' ').map(Number);
  };
  const noneIsLeft = (left: readonly number[]) =>
    eventually(() => {
      for (const pid of left) assert.ok(!isRunning(pid), `${pid} still runs`);
    }, 20_000);
  /** A profile with an address in a program that has debug information: its lines are looked up. */
  const withAddress = () => {
    const program = compiled(folder, 'program', 'int main(void) { return 0; }\n', ['gcc', '-g']);
    const path = join(folder, 'addresses.pb');
    const start = 0x400000;
    const profile = message([
      [
        1,
        [
          [1, 1],
          [2, 2],
        ],
      ],
      [
        2,
        [
          [1, [1]],
          [2, [1]],
        ],
      ],
      [
        3,
        [
          [1, 1],
          [2, start],
          [3, start + 0x10000],
          [5, 3],
        ],
      ],
      [
        4,
        [
          [1, 1],
          [2, 1],
          [3, start + 0x1010],
        ],
      ],
      ...['', 'samples', 'count', program].map((text) => [6, text] as const),
    ]);
    writeFileSync(path, profile);
    return path;
  };
  afterEach(() => {
    // What a failed test left.
    const left = existsSync(pids) ? readFileSync(pids, 'utf8').split(' ').map(Number) : [];
    for (const pid of left) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
    rmSync(pids, { force: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves no symbolizer behind', { skip: needTool('gcc') }, async () => {
    const cancel = new AbortController();
    const toolPaths = { 'llvm-symbolizer': slowTool('symbolizer') };
    const opening = openProfileSession(withAddress(), { worker, toolPaths, signal: cancel.signal });
    const left = await begun();
    cancel.abort(new Error('enough'));
    await assert.rejects(opening, /enough/);
    await noneIsLeft(left);
  });

  it('leaves no perf behind that takes no notice of being asked to end', async () => {
    const cancel = new AbortController();
    const toolPaths = { perf: slowTool('perf', `trap '' TERM`) };
    const recording = join(REPOSITORY, 'test/fixtures/perf-data/stack-copies.perf.data');
    const opening = openProfileSession(recording, { worker, toolPaths, signal: cancel.signal });
    const left = await begun();
    cancel.abort();
    await assert.rejects(opening, { name: 'AbortError' });
    await noneIsLeft(left);
  });

  it('is not heard of any more', async () => {
    const cancel = new AbortController();
    const path = join(folder, 'long.folded');
    writeFileSync(path, Array.from({ length: 500_000 }, (_, at) => `main;work${at % 1000} ${at}\n`).join(''));
    const heard: boolean[] = [];
    const progress = () => {
      heard.push(cancel.signal.aborted);
      cancel.abort();
    };
    await assert.rejects(openProfileSession(path, { worker, progress, signal: cancel.signal }), { name: 'AbortError' });
    await delay(500);
    assert.deepEqual(heard, [false]);
  });

  it('leaves no tool behind where it is one of two that are compared', { skip: needTool('gcc') }, async () => {
    const cancel = new AbortController();
    const part = { path: withAddress(), part: null };
    const toolPaths = { 'llvm-symbolizer': slowTool('symbolizer') };
    const opening = openComparison(part, part, { worker, toolPaths, signal: cancel.signal });
    const left = await begun();
    cancel.abort();
    await assert.rejects(opening, { name: 'AbortError' });
    await noneIsLeft(left);
  });
});
