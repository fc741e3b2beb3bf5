import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { goTestArgv, goTestCommand } from '../../../src/tools/go.ts';

describe('go test, with a profile', () => {
  const argv = (...words: string[]) => {
    const command = goTestCommand(words);
    return command && goTestArgv(command, '/r/cpu.pb.gz');
  };
  const ADDED = ['-cpuprofile=/r/cpu.pb.gz', '-o=/r/cpu.pb.gz.program'];

  test('has its own options before those of the person, which may be for the tests themselves', () => {
    assert.deepEqual(argv('go', 'test', '-bench', '.', './a', '-args', '-x'), [
      ...['go', 'test', ...ADDED, '-bench', '.', './a', '-args', '-x'],
    ]);
    assert.deepEqual(argv('/usr/local/go/bin/go', 'test'), ['/usr/local/go/bin/go', 'test', ...ADDED]);
  });

  test('leaves a change of folder first, as go wants it', () => {
    assert.deepEqual(argv('go', 'test', '-C', 'a b', '-v'), ['go', 'test', '-C', 'a b', ...ADDED, '-v']);
    assert.deepEqual(argv('go', 'test', '-C=a', '-v'), ['go', 'test', '-C=a', ...ADDED, '-v']);
  });

  test('is none of another command, and of one that asks for a profile or a program itself', () => {
    for (const words of [
      ['go', 'run', '.'],
      ['go'],
      ['gotest', 'test'],
      ['go', 'test', '-cpuprofile', 'x'],
      ['go', 'test', '-o=x'],
      ['go', 'test', '-c'],
      ['go', 'test', '--test.cpuprofile=x'],
    ]) {
      assert.equal(argv(...words), undefined, words.join(' '));
    }
    assert.ok(argv('go', 'test', '-count=1', '-cover'));
  });
});
