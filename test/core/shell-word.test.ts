import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { shellWord } from '../../src/core/shell-word.ts';

describe('a word for a shell', () => {
  it('is passed on as it is, also as the first', () => {
    for (const word of ['plain-1.0', '/a b', "it's", '', '$x', '*', '~', '--a=b', 'A=b', '=ls', 'new\nline', '"\\']) {
      const { stdout } = spawnSync('sh', ['-c', `set -- ${shellWord(word)}; printf '%s' "$1"`], { encoding: 'utf8' });
      assert.equal(stdout, word);
    }
    assert.equal(shellWord('A=b'), "'A=b'", 'no variable is set');
    assert.equal(shellWord('=ls'), "'=ls'");
  });

  it('has no quotes that it can do without', () => {
    for (const word of ['plain-1.0', '/usr/bin/a.out', '--option=/a/b', 'a@b:1,2%+3'])
      assert.equal(shellWord(word), word);
  });
});
