import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { processProblem } from '../../src/runs/target-check.ts';

describe('processProblem', () => {
  test('a process of one’s own has none, and root has none with any', () => {
    assert.equal(processProblem(process.pid), undefined);
    assert.equal(processProblem(1, 0), undefined);
  });

  test('a process of another user is refused, with whose it is', () => {
    const problem = processProblem(process.pid, 54321);
    assert.equal(problem?.id, 'process-of-another-user');
    assert.match(problem?.what ?? '', new RegExp(`\\(${process.getuid?.()}\\)`));
  });

  test('what is no process is refused', () => {
    for (const pid of [0, -1, 1.5, Number.NaN, 2 ** 40]) assert.equal(processProblem(pid)?.id, 'process-gone');
  });
});
