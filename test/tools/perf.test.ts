import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type PerfRecordOptions, perfRecordArgv } from '../../src/tools/perf.ts';

const usual: PerfRecordOptions = {
  events: ['cpu-clock'],
  sampling: { frequencyHz: 999 },
  callGraph: 'fp',
  inherit: true,
  compress: false,
  target: { kind: 'program', argv: ['./a b', '-o', '--', '$(x)'] },
  output: '/w/perf.data',
  version: '6.1.192',
  kernelRelease: '6.8.0-45-generic',
};
const argv = (options: Partial<PerfRecordOptions>) => perfRecordArgv('/usr/bin/perf', { ...usual, ...options });
const optionsOf = (all: readonly string[]) => all.slice(4, all.indexOf('-N'));

describe('perfRecordArgv', () => {
  test('measures a program by frame pointers, and the program’s own arguments come last, untouched', () => {
    assert.deepEqual(argv({}), [
      '/usr/bin/perf',
      'record',
      '-o',
      '/w/perf.data',
      '-e',
      'cpu-clock',
      '-F',
      '999',
      '--call-graph',
      'fp',
      '-N',
      '--buildid-mmap',
      '--no-bpf-event',
      '--',
      './a b',
      '-o',
      '--',
      '$(x)',
    ]);
  });

  test('attaches to a process', () => {
    assert.deepEqual(argv({ target: { kind: 'process', pid: 42 } }).slice(-2), ['-p', '42']);
  });

  test('takes several events, a period, no inheritance, compression and small buffers', () => {
    const all = argv({
      events: ['cycles:u', 'sched:sched_switch'],
      sampling: { every: 100 },
      callGraph: 'none',
      inherit: false,
      compress: true,
      mmapPages: 16,
    });
    assert.deepEqual(optionsOf(all), [
      '-e',
      'cycles:u',
      '-e',
      'sched:sched_switch',
      '-c',
      '100',
      '--no-inherit',
      '-z',
      '-m',
      '16',
    ]);
  });

  test('finds callers by copied stacks and by branch records', () => {
    assert.deepEqual(optionsOf(argv({ callGraph: { dwarfBytes: 16384 } })).slice(-1), ['dwarf,16384']);
    assert.deepEqual(optionsOf(argv({ callGraph: 'lbr' })).slice(-1), ['lbr']);
  });

  test('spares an old perf an option that it does not know', () => {
    assert.ok(!argv({ version: '4.18.0-553.el8' }).includes('--no-bpf-event'));
    assert.ok(!argv({ version: '' }).includes('--no-bpf-event'));
    assert.ok(argv({ version: '5.1.0' }).includes('--no-bpf-event'));
    assert.ok(!argv({ version: '5.11.22' }).includes('--buildid-mmap'));
    assert.ok(!argv({ kernelRelease: '5.4.0-150-generic' }).includes('--buildid-mmap'));
    assert.ok(argv({ version: '5.12.1', kernelRelease: '5.12.0' }).includes('--buildid-mmap'));
  });

  test('does not ask for build-ids where it matters why perf refuses', () => {
    assert.ok(!argv({ version: '6.1.0', kernelRelease: '6.1.0', isTrial: true }).includes('--buildid-mmap'));
  });
});
