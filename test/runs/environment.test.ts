import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { cgroupLimits } from '../../src/runs/cgroup-limits.ts';
import { readEnvironment } from '../../src/runs/environment.ts';
import { gitState } from '../../src/runs/git-state.ts';
import { runToEnd } from '../../src/tools/run.ts';
import { needTool } from '../support/need-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'environment-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let machines = 0;

/** A machine's /proc and /sys, as files by path. */
function machine(files: Readonly<Record<string, string>>): string {
  const root = join(folder, String(machines++));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  mkdirSync(root, { recursive: true });
  return root;
}

describe('cgroupLimits', () => {
  test('in version 2 the tightest limit of the group and those above holds', () => {
    const root = machine({
      'proc/self/mountinfo': '30 25 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n',
      'proc/self/cgroup': '0::/user.slice/app.scope\n',
      'sys/fs/cgroup/user.slice/app.scope/cpu.max': '150000 100000\n',
      'sys/fs/cgroup/user.slice/app.scope/memory.max': 'max\n',
      'sys/fs/cgroup/user.slice/cpu.max': 'max 100000\n',
      'sys/fs/cgroup/user.slice/memory.max': '2147483648\n',
      'sys/fs/cgroup/user.slice/app.scope/cpuset.cpus.effective': '0-3\n',
    });
    assert.deepEqual(cgroupLimits('self', root), {
      version: 'v2',
      path: '/user.slice/app.scope',
      cpus: 1.5,
      memoryBytes: 2147483648,
      cpuset: '0-3',
    });
  });

  test('in version 1 each controller has its own hierarchy, and the largest number means no limit', () => {
    const root = machine({
      'proc/self/mountinfo':
        '33 32 0:30 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n' +
        '34 32 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n',
      'proc/self/cgroup': '4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n',
      'sys/fs/cgroup/cpu/docker/abc/cpu.cfs_quota_us': '50000\n',
      'sys/fs/cgroup/cpu/docker/abc/cpu.cfs_period_us': '100000\n',
      'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
      'sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes': '9223372036854771712\n',
    });
    assert.deepEqual(cgroupLimits('self', root), {
      version: 'v1',
      path: '/docker/abc',
      cpus: 0.5,
      memoryBytes: null,
      cpuset: '',
    });
  });

  test('in a container the mounted root is the container’s own group', () => {
    const root = machine({
      'proc/self/mountinfo': '34 32 0:31 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n',
      'proc/self/cgroup': '4:memory:/docker/abc\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '536870912\n',
    });
    assert.equal(cgroupLimits('self', root)?.memoryBytes, 536870912);
  });

  test('a machine without control groups has no limits', () => {
    assert.equal(cgroupLimits('self', machine({})), null);
  });
});

describe('readEnvironment', () => {
  test('tells this machine', async () => {
    const environment = await readEnvironment(folder);
    assert.equal(environment.architecture, arch());
    assert.equal(environment.kernel, release());
    assert.ok(environment.cpu.processors > 0);
    assert.ok(environment.memoryBytes > 1e8);
    assert.equal(environment.git, null);
  });
});

describe('gitState', { skip: needTool('git') }, () => {
  test('tells commit, branch and what differs, whatever the names', async () => {
    const repository = join(folder, 'repo é');
    mkdirSync(join(repository, 'src'), { recursive: true });
    const git = (...args: string[]) =>
      runToEnd(['git', '-C', repository, '-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args]);
    await git('init', '-q', '-b', 'trunk');
    assert.deepEqual(await gitState(repository), {
      root: repository,
      commit: '',
      branch: 'trunk',
      dirty: [],
      dirtyMore: false,
    });
    for (const name of ['a b.c', 'ü\n.c', 'gone.c', 'same.c', 'moved.c'])
      writeFileSync(join(repository, name), `${name}\n`);
    await git('add', '.');
    await git('commit', '-q', '-m', 'first');
    writeFileSync(join(repository, 'a b.c'), 'changed\n');
    writeFileSync(join(repository, 'ü\n.c'), 'changed\n');
    writeFileSync(join(repository, 'src', 'new.c'), 'new\n');
    rmSync(join(repository, 'gone.c'));
    await git('mv', 'moved.c', 'after.c');
    mkdirSync(join(repository, '.perfwright'));
    writeFileSync(join(repository, '.perfwright', 'x'), '');
    const state = await gitState(join(repository, 'src'));
    assert.match(state?.commit ?? '', /^[0-9a-f]{40}$/);
    assert.equal(state?.root, repository);
    assert.deepEqual(state.dirty.toSorted(), ['a b.c', 'after.c', 'gone.c', 'moved.c', 'src/new.c', 'ü\n.c']);
    await git('checkout', '-q', '--detach');
    assert.equal((await gitState(repository))?.branch, '');
  });

  test('a repository cannot have its programs run by being looked at', async () => {
    const repository = join(folder, 'hostile');
    const trap = join(folder, 'sprung');
    mkdirSync(repository);
    await runToEnd(['git', '-C', repository, 'init', '-q']);
    await runToEnd(['git', '-C', repository, 'config', 'core.fsmonitor', `touch '${trap}'; false`]);
    assert.notEqual(await gitState(repository), null);
    assert.equal((await runToEnd(['ls', trap])).exitCode, 2);
  });

  test('a folder in no repository, or that is not there, has none', async () => {
    assert.equal(await gitState(folder), null);
    assert.equal(await gitState(join(folder, 'nowhere')), null);
  });
});
