import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileLinesAnswer } from '../../../src/core/profile/queries/file-lines.ts';
import { lineHeat } from '../../../src/features/line-heat/heat.ts';

function lines(rows: readonly (readonly [line: number, self: number, total: number])[]): FileLinesAnswer {
  return {
    value: { type: 'cpu', unit: 'nanoseconds' },
    total: 100,
    whole: 100,
    size: 100,
    stackless: 0,
    fileSelf: 0,
    fileTotal: 0,
    line: Uint32Array.from(rows, ([line]) => line),
    self: Float64Array.from(rows, ([, self]) => self),
    lineTotal: Float64Array.from(rows, ([, , total]) => total),
    functions: [],
  };
}

test('a line is as hot as its share of the whole, and its own where most of it is self', () => {
  const heat = lineHeat(
    lines([
      [1, 0, 100],
      [2, 6, 12],
      [3, 0.5, 0.5],
    ]),
    100,
    10,
  );
  assert.deepEqual(
    heat.map(({ line, step, isOwn }) => [line, step, isOwn]),
    [
      [0, 5, false],
      [1, 4, true],
      [2, 1, true],
    ],
  );
});

test('lines beyond the end of the text are left out', () => {
  const rows = lines([
    [3, 1, 1],
    [4, 1, 1],
  ]);
  assert.deepEqual(
    lineHeat(rows, 100, 3).map(({ line }) => line),
    [2],
  );
});

test('a difference is as hot downwards as upwards', () => {
  assert.equal(lineHeat(lines([[1, -50, -50]]), 100, 1)[0].step, 5);
});
