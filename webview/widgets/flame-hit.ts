import type { Box, FlameLayout } from '../../src/core/profile/flame-layout.ts';
import { type FlameWindow, firstAbove, NARROW_PX, showRow, visibleRow } from '../../src/core/profile/flame-visible.ts';

export interface FlameHit {
  readonly box: Box;
  /** How many frames from `box` on along its row: more than one where they are too narrow to draw apart. */
  readonly count: number;
}

/** What is drawn at a place of a row, `x` pixels from the left of a picture that is `width` pixels wide. */
export function flameHit(
  layout: FlameLayout,
  row: number,
  window: FlameWindow,
  width: number,
  x: number,
): FlameHit | undefined {
  if (row < 0 || row >= layout.height) return undefined;
  const { left, right, rowStart } = layout;
  const scale = width / (window.right - window.left);
  const place = window.left + x / scale;
  const box = firstAbove(right, rowStart[row], rowStart[row + 1], place);
  const isHit = box < rowStart[row + 1] && left[box] <= place;
  if (isHit && (right[box] - left[box]) * scale >= NARROW_PX) return { box, count: 1 };
  // An aggregate, as it is drawn: a pixel wide at least.
  const visible = visibleRow(width);
  showRow(layout, row, window, width, visible);
  for (let at = 0; at < visible.length; at++) {
    const from = Math.round(visible.left[at]);
    if (from <= x && x < Math.max(from + 1, visible.right[at]))
      return { box: visible.first[at], count: visible.count[at] };
  }
  return undefined;
}
