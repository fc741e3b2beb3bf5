import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originDifferences } from '../../src/core/profile/diff/origin-differences.ts';
import { UNKNOWN_ORIGIN } from '../../src/core/profile/profile.ts';
import { overview } from '../../src/core/profile/queries/overview.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import type { Environment } from '../../src/runs/environment.ts';
import { environmentDifferences } from '../../src/runs/environment-differences.ts';
import { drawnProfile } from '../support/drawn-profile.ts';

const MACHINE: Environment = {
  host: 'build-1',
  architecture: 'x64',
  kernel: '6.1.0',
  distribution: 'Debian GNU/Linux 12 (bookworm)',
  cpu: { model: 'EPYC 7B13', processors: 8, governor: 'performance', turbo: true },
  memoryBytes: 16e9,
  cgroup: { version: 'v2', path: '/a', cpus: null, memoryBytes: 2e9, cpuset: '0-7' },
  container: '',
  git: { root: '/src', commit: '3f2c1a9aaaaaaaa', branch: 'main', dirty: [], dirtyMore: false },
};

test('two runs on one machine and one commit differ in nothing', () => {
  assert.deepEqual(environmentDifferences(MACHINE, structuredClone(MACHINE)), []);
  assert.deepEqual(environmentDifferences(MACHINE, null), []);
});

test('each thing that differs is said, the worst first', () => {
  const other: Environment = {
    ...MACHINE,
    host: 'build-2',
    kernel: '6.5.0',
    cpu: { model: 'Xeon', processors: 4, governor: 'powersave', turbo: false },
    cgroup: { ...MACHINE.cgroup!, cpus: 1.5, memoryBytes: null, cpuset: '0-3' },
    container: 'docker',
    git: { ...MACHINE.git!, dirty: ['a.c'] },
  };
  assert.deepEqual(environmentDifferences(MACHINE, other), [
    'Processor: EPYC 7B13 before, Xeon after.',
    'Processors online: 8 before, 4 after.',
    'Frequency governor: performance before, powersave after.',
    'Turbo: on before, off after.',
    'Processor limit: none before, 1.5 processors after.',
    'Processors allowed: 0-7 before, 0-3 after.',
    'Memory limit: 2 GB before, none after.',
    'Machine: build-1 before, build-2 after.',
    'Kernel: 6.1.0 before, 6.5.0 after.',
    'Container: none before, docker after.',
    'Commit: 3f2c1a9 before, 3f2c1a9 with changes after.',
  ]);
});

test('what is not known of both, or is of another kind in somebody else’s record, is no difference', () => {
  const unknown = {
    ...MACHINE,
    kernel: '',
    cpu: { ...MACHINE.cpu, governor: '', turbo: null },
    cgroup: null,
    git: null,
  };
  assert.deepEqual(environmentDifferences(MACHINE, unknown), []);
  const foreign = { host: 7, cpu: null, container: ['x'] } as unknown as Environment;
  assert.deepEqual(environmentDifferences(MACHINE, foreign), []);
});

test('two recordings differ in their event, tool, command and machine, as far as both say', () => {
  const recording = (event: string, origin: object) =>
    overview(new QueryModel({ ...drawnProfile(`#e  ${event}\na`), origin: { ...UNKNOWN_ORIGIN, ...origin } }));
  const cycles = recording('cycles', { producer: 'perf 6.1', commandLine: ['a', '1'], hostname: 'x' });
  const faults = recording('faults', { producer: 'perf 6.5', commandLine: ['a', '2'], architecture: 'arm64' });
  assert.deepEqual(originDifferences(cycles, cycles), []);
  assert.deepEqual(originDifferences(cycles, faults), [
    'Event: cycles before, faults after.',
    'Command: a 1 before, a 2 after.',
  ]);
});
