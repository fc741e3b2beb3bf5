import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pySpyRecordArgv } from '../../../src/tools/py-spy.ts';
import { ptraceProblem } from '../../../src/tools/recorders/ptrace-right.ts';
import { pySpyComplaint } from '../../../src/tools/recorders/py-spy/py-spy-complaint.ts';

const OPTIONS = { frequencyHz: 100, inherit: true, idle: false, native: false, output: '/o' };

describe('the command line of py-spy', () => {
  test('records a program, whose arguments are its own', () => {
    const target = { kind: 'program', argv: ['python3', 'a b.py', '--rate', '1'] } as const;
    assert.deepEqual(pySpyRecordArgv('py-spy', { ...OPTIONS, target }), [
      ...['py-spy', 'record', '--format', 'speedscope', '--output', '/o', '--full-filenames', '--rate', '100'],
      ...['--subprocesses', '--', 'python3', 'a b.py', '--rate', '1'],
    ]);
  });

  test('attaches to a process, with what was asked for', () => {
    const options = { ...OPTIONS, frequencyHz: 20, inherit: false, idle: true, native: true };
    assert.deepEqual(pySpyRecordArgv('/x/py-spy', { ...options, target: { kind: 'process', pid: 7 } }).slice(7), [
      ...['--rate', '20', '--idle', '--native', '--pid', '7'],
    ]);
  });
});

describe('py-spy’s last words', () => {
  const id = (stderr: string) => pySpyComplaint(stderr, 'exit code 1').id;

  test('are told apart, whatever the program wrote before', () => {
    assert.equal(
      id('Error: Failed to find python version from target process\n\nStack backtrace:\n 0: x'),
      'not-python',
    );
    assert.equal(id('Error: No python processes found in process 12 or any of its subprocesses\n'), 'not-python');
    assert.equal(id('x\nError: Permission denied (os error 13)\n'), 'ptrace-refused');
    assert.equal(id('Error: Operation not permitted (os error 1)\n'), 'ptrace-refused');
    assert.equal(
      id('Error: Failed to create output file\n\nCaused by:\n  No space left on device (os error 28)'),
      'disk-full',
    );
    assert.equal(
      id('Error: Failed to get process executable name. Check that the process is running.\n'),
      'ended-at-once',
    );
    assert.equal(id('Permission denied: of the program\nError: something else\n'), 'py-spy-failed');
  });

  test('that aren’t known are quoted, without the backtrace', () => {
    const { why } = pySpyComplaint(
      'hello\nError: odd thing\n\nCaused by:\n    0: this\n\nStack backtrace:\n   0: that',
      'exit code 1',
    );
    assert.equal(why, 'It ended with exit code 1 and said: odd thing\n\nCaused by:\n    0: this');
    assert.match(pySpyComplaint('', 'SIGKILL').why, /ended with SIGKILL and said nothing/);
  });
});

describe('the right to look into another process', () => {
  test('is that of Yama’s level, of whether it was started by the profiler, and of the user', () => {
    const id = (isAttached: boolean, scope: number, user: number) =>
      ptraceProblem(isAttached, scope, user)?.id ?? 'may';
    assert.deepEqual(
      [0, 1, 2, 3].map((scope) => id(true, scope, 1000)),
      ['may', ...Array(3).fill('ptrace-scope')],
    );
    assert.deepEqual(
      [0, 1, 2, 3].map((scope) => id(false, scope, 1000)),
      ['may', 'may', 'ptrace-scope', 'ptrace-scope'],
    );
    assert.deepEqual(
      [0, 1, 2, 3].map((scope) => id(true, scope, 0)),
      ['may', 'may', 'may', 'ptrace-scope'],
    );
    assert.match(ptraceProblem(true, 1, 1000)?.fallback ?? '', /started by the profiler/);
    assert.doesNotMatch(ptraceProblem(true, 3, 0)?.fix ?? '', /sysctl/);
  });
});
