import { BLOCK_BITS, type Box, type FlameLayout } from './flame-layout.ts';
import type { FlameLevel } from './flame-levels.ts';

/** The part of a flame graph's width that is looked at, as shares of the root's. */
export interface FlameWindow {
  readonly left: number;
  readonly right: number;
}

/**
 * What is drawn of one row: boxes, and aggregates that stand for boxes next to one another which are narrower than half a pixel each.
 * Columns are reused from row to row: only the first `length` rows count.
 */
export interface VisibleRow {
  length: number;
  /** The box, or the first box of an aggregate. */
  readonly first: Int32Array;
  /** How many boxes: 1 for a box. */
  readonly count: Int32Array;
  /** Left and right edge in pixels from the window's left edge, not cut off at the window. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** How much of the width between the edges is boxes, 0 to 1: below 1 for an aggregate with gaps. */
  readonly covered: Float32Array;
}

/** Boxes narrower than this many pixels are drawn together. */
export const NARROW_PX = 0.5;

/** Room for a row of a picture that is this many pixels wide. */
export function visibleRow(widthPx: number): VisibleRow {
  // Every second step leaves at least half a pixel behind: a wide box, or an aggregate and the gap that ended it.
  const capacity = Math.ceil(widthPx / NARROW_PX) * 2 + 4;
  return {
    length: 0,
    first: new Int32Array(capacity),
    count: new Int32Array(capacity),
    left: new Float64Array(capacity),
    right: new Float64Array(capacity),
    covered: new Float32Array(capacity),
  };
}

/**
 * Fills `visible` with what a row shows. From far away what is looked at are the layout's levels, and boxes from near: work is bounded by
 * the width in pixels and an eighth of the number of boxes in the window.
 */
export function showRow(
  layout: FlameLayout,
  row: number,
  window: FlameWindow,
  widthPx: number,
  visible: VisibleRow,
): void {
  const scale = widthPx / (window.right - window.left);
  const narrow = NARROW_PX / scale;
  visible.length = 0;
  const level = layout.levels.find((level) => level.narrow <= narrow);
  if (level) showPieces(layout, level, row, window, scale, visible);
  else showBoxes(layout, row, window, scale, visible);
}

/** Narrow boxes are stepped over in blocks. */
function showBoxes(layout: FlameLayout, row: number, window: FlameWindow, scale: number, visible: VisibleRow): void {
  const { left, right, widest, rowStart } = layout;
  const end = rowStart[row + 1];
  const narrow = NARROW_PX / scale;
  let box = firstAbove(right, rowStart[row], end, window.left);
  while (box < end && left[box] < window.right) {
    const first = box;
    if (right[box] - left[box] >= narrow) {
      box++;
      put(visible, first, 1, (left[first] - window.left) * scale, (right[first] - window.left) * scale, 1);
      continue;
    }
    do {
      // A block without a wide box or gap is a step; else it is a box.
      const block = Math.min(end, ((box >> BLOCK_BITS) + 1) << BLOCK_BITS);
      if (widest[box >> BLOCK_BITS] < narrow && left[block - 1] < window.right) box = block;
      else box++;
    } while (
      box < end &&
      right[box] - left[box] < narrow &&
      left[box] - right[box - 1] < narrow &&
      left[box] < window.right
    );
    putRun(visible, layout, first, box, window, scale);
  }
}

/** Pieces that are narrow from here are joined: what has several boxes, or one that is narrow. */
function showPieces(
  layout: FlameLayout,
  { rowStart, first, left, right, filled }: FlameLevel,
  row: number,
  window: FlameWindow,
  scale: number,
  visible: VisibleRow,
): void {
  const end = rowStart[row + 1];
  const narrow = NARROW_PX / scale;
  let piece = firstAbove(right, rowStart[row], end, window.left);
  while (piece < end && left[piece] < window.right) {
    const from = piece;
    const x = (left[from] - window.left) * scale;
    if (first[from + 1] - first[from] === 1 && right[from] - left[from] >= narrow) {
      piece++;
      put(visible, first[from], 1, x, (right[from] - window.left) * scale, 1);
      continue;
    }
    let width = 0;
    do {
      width += filled[piece];
      piece++;
    } while (
      piece < end &&
      (right[piece] - left[piece] < narrow || first[piece + 1] - first[piece] > 1) &&
      left[piece] - right[piece - 1] < narrow &&
      left[piece] < window.right
    );
    const whole = right[piece - 1] - left[from];
    if (left[from] < window.left || right[piece - 1] > window.right) {
      // Only what is in the window.
      const start = firstAbove(layout.right, first[from], first[piece], window.left);
      putRun(visible, layout, start, firstAbove(layout.left, start, first[piece], window.right), window, scale);
    } else if (whole > 0) {
      put(visible, first[from], first[piece] - first[from], x, x + whole * scale, Math.min(1, width / whole));
    }
  }
}

/** Adds the narrow boxes from `first` to before `end`. */
function putRun(
  visible: VisibleRow,
  { left, right, before }: FlameLayout,
  first: Box,
  end: Box,
  window: FlameWindow,
  scale: number,
): void {
  const last = end - 1;
  const width = right[last] - left[first];
  if (width === 0) return;
  const filled = before[last] - before[first] + right[last] - left[last];
  const x = (left[first] - window.left) * scale;
  put(visible, first, end - first, x, x + width * scale, Math.min(1, Math.max(0, filled / width)));
}

function put(visible: VisibleRow, first: Box, count: number, left: number, right: number, covered: number): void {
  const at = visible.length++;
  visible.first[at] = first;
  visible.count[at] = count;
  visible.left[at] = left;
  visible.right[at] = right;
  visible.covered[at] = covered;
}

/** The first of `from` up to `to` whose value is above the bound, in a column that rises; `to` where there's none. */
export function firstAbove(column: Float64Array, from: number, to: number, bound: number): number {
  let low = from;
  let high = to;
  // The answer is usually near: look in steps that double first.
  for (let step = 1; low + step < high; step *= 2) {
    if (column[low + step] > bound) {
      high = low + step + 1;
      break;
    }
    low += step;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle] > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
