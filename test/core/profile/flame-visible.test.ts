import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateFlameTree } from '../../../scripts/bench/flame-tree-generator.ts';
import { flameLayout } from '../../../src/core/profile/flame-layout.ts';
import { firstAbove, NARROW_PX, showRow, visibleRow } from '../../../src/core/profile/flame-visible.ts';
import { drawnFlameTree } from '../../support/drawn-flame-tree.ts';

describe('showRow', () => {
  it('draws narrow frames side by side as one, and says how many they are', () => {
    const tree = drawnFlameTree(`
      #w  96  1  1  1  1
          a   b  c  d  e
    `);
    const visible = visibleRow(40);
    showRow(flameLayout(tree), 1, { left: 0, right: 1 }, 40, visible);
    const { length, count, left, right, covered } = visible;
    assert.equal(length, 2);
    assert.deepEqual([...count.subarray(0, 2)], [1, 4]);
    assert.deepEqual([left[1].toFixed(3), right[1].toFixed(3)], ['38.400', '40.000']);
    assert.equal(covered[1], 1);
  });

  it('draws them apart when they are looked at closely', () => {
    const tree = drawnFlameTree(`
      #w  96  1  1  1  1
          a   b  c  d  e
    `);
    const visible = visibleRow(40);
    showRow(flameLayout(tree), 1, { left: 0.95, right: 1 }, 40, visible);
    assert.deepEqual([...visible.count.subarray(0, visible.length)], [1, 1, 1, 1, 1]);
    assert.ok(visible.left[0] < 0, 'a frame that starts before the window is not cut off');
  });

  it('stands for every frame of the row once, whatever the window, in room that depends on the width alone', () => {
    const layout = flameLayout(generateFlameTree({ nodes: 50_000, seed: 5 }));
    for (const width of [1, 320, 1400]) {
      const visible = visibleRow(width);
      for (const window of [
        { left: 0, right: 1 },
        { left: 0.2, right: 0.7 },
        { left: 0.31, right: 0.3101 },
      ]) {
        for (let row = 0; row < layout.height; row++) {
          showRow(layout, row, window, width, visible);
          assert.ok(visible.length <= visible.first.length);
          let next = -1;
          for (let at = 0; at < visible.length; at++) {
            const first = visible.first[at];
            if (next !== -1) assert.ok(first >= next, 'no frame twice');
            for (let skipped = next; next !== -1 && skipped < first; skipped++) {
              assert.equal(layout.right[skipped], layout.left[skipped], 'only frames without a width are left out');
            }
            next = first + visible.count[at];
            const last = next - 1;
            const scale = width / (window.right - window.left);
            assert.ok(
              Math.abs(visible.right[at] - visible.left[at] - (layout.right[last] - layout.left[first]) * scale) < 1e-6,
            );
            assert.ok(visible.covered[at] >= 0 && visible.covered[at] <= 1);
            const narrow = NARROW_PX / scale;
            const isNarrow = (box: number) => layout.right[box] - layout.left[box] < narrow;
            const gap = (box: number) => layout.left[box] - layout.right[box - 1];
            for (let box = first + 1; box <= last; box++) assert.ok(isNarrow(box) && gap(box) < narrow, 'one run');
            const isLast = next === layout.rowStart[row + 1] || layout.left[next] >= window.right;
            if (isNarrow(first) && !isLast) assert.ok(!isNarrow(next) || gap(next) >= narrow, 'the whole of a run');
          }
        }
      }
    }
  });
});

describe('showRow from far away', () => {
  const layout = flameLayout(generateFlameTree({ nodes: 800_000, seed: 9 }));

  it('draws of joined pieces what it draws of boxes', () => {
    assert.equal(layout.levels.length, 2);
    const widths = [7, 600, 1400];
    const joined = widths.map((width) => visibleRow(width));
    const apart = widths.map((width) => visibleRow(width));
    let compared = 0;
    for (const window of windows()) {
      for (const [at, width] of widths.entries()) {
        for (let row = 0; row < layout.height; row++) {
          showRow(layout, row, window, width, joined[at]);
          showRow({ ...layout, levels: [] }, row, window, width, apart[at]);
          assert.deepEqual(
            columns(joined[at]),
            columns(apart[at]),
            `row ${row} of ${JSON.stringify(window)}, ${width}`,
          );
          compared += joined[at].length;
        }
      }
    }
    assert.ok(compared > 100_000);
  });

  function* windows() {
    yield { left: 0, right: 1 };
    for (let at = 0; at < 12; at++) {
      const left = (at * 0.37) % 0.9;
      yield { left, right: left + 0.1 * 0.6 ** at };
    }
  }

  /** Sums in another order differ in their last digits. */
  function columns({ length, first, count, left, right, covered }: ReturnType<typeof visibleRow>) {
    return Array.from({ length }, (_, at) => [
      first[at],
      count[at],
      left[at].toFixed(6),
      right[at].toFixed(6),
      covered[at].toFixed(5),
    ]);
  }
});

describe('firstAbove', () => {
  it('finds what a walk through the column finds', () => {
    const column = Float64Array.from([0, 0, 1, 1, 1, 2, 5, 5, 8, 13]);
    for (let from = 0; from <= column.length; from++) {
      for (const bound of [-1, 0, 0.5, 1, 2, 4, 5, 12, 13, 20]) {
        let walked = from;
        while (walked < column.length && column[walked] <= bound) walked++;
        assert.equal(firstAbove(column, from, column.length, bound), walked, `${from} ${bound}`);
      }
    }
  });
});
