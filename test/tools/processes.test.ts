import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { isRunning, procStat } from '../../src/tools/proc-stat.ts';
import { listProcesses } from '../../src/tools/processes.ts';

describe('listProcesses', () => {
  test('gives a process of ours with its command line, start and processor time', async () => {
    // A name with what separates the fields of /proc/PID/stat.
    const busy =
      'process.title = "a) (b c"; while (process.cpuUsage().user < 200_000); setInterval(() => {}, 1000); console.log()';
    const startedMs = Date.now();
    const child = spawn(process.execPath, ['-e', busy, '--', 'x y'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await once(child.stdout, 'data');
      const found = (await listProcesses()).find(({ pid }) => pid === child.pid);
      assert.ok(found !== undefined);
      assert.equal(found.parent, process.pid);
      assert.ok(Math.abs(found.startMs - startedMs) < 3000, `${found.startMs - startedMs}`);
      assert.ok(found.cpuMs >= 50, `${found.cpuMs}`);
      assert.deepEqual(found.argv.join(' ').startsWith('a) (b c'), true);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    assert.equal(isRunning(child.pid ?? 0), false);
  });

  test('leaves out this process and the kernel’s threads', async () => {
    const found = await listProcesses();
    assert.ok(!found.some(({ pid }) => pid === process.pid));
    assert.ok(!found.some(({ argv }) => argv[0]?.startsWith('[kworker')));
  });
});

describe('procStat', () => {
  test('reads this process, and names it once by pid and start', () => {
    const stat = procStat(process.pid);
    assert.equal(stat?.parent, process.ppid);
    assert.ok(isRunning(process.pid, stat?.startTicks));
    assert.ok(!isRunning(process.pid, (stat?.startTicks ?? 0) + 1));
  });

  test('a process that is not there has none', () => {
    assert.equal(procStat(2 ** 22 + 1), undefined);
    assert.equal(isRunning(2 ** 22 + 1), false);
  });
});
