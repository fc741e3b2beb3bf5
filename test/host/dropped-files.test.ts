import assert from 'node:assert/strict';
import { test } from 'node:test';
import { droppedFiles } from '../../src/host/dropped-files.ts';

test('a drag from the explorer names files of this machine, a remote window’s too', () => {
  assert.deepEqual(droppedFiles('file:///home/me/a%20b.data\r\nfile:///c.data'), ['/home/me/a b.data', '/c.data']);
  assert.deepEqual(droppedFiles('vscode-remote://localhost%3A8080/home/me/%C3%A4.jfr\n'), ['/home/me/ä.jfr']);
});

test('comments, doubles, and what is no file are left out', () => {
  assert.deepEqual(droppedFiles('# a comment\nfile:///a\nfile:///a\nhttps://host/b\nnonsense\n'), ['/a']);
  assert.deepEqual(droppedFiles('file:///%E0%A4%A\nvscode-remote://x/%E0%A4%A'), []);
  assert.deepEqual(droppedFiles(''), []);
});
