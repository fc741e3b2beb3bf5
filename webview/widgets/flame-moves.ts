import type { Box, FlameLayout } from '../../src/core/profile/flame-layout.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import type { FlameView } from './flame-view.ts';
import { type KeyRow, keyRow, type ShownKey } from './keys.ts';

/** The keys by which one moves about in a flame graph. */
export function flameMoves(panel: { readonly view: FlameView }, isFlame: () => boolean): KeyRow[] {
  const layout = () => panel.view.picture!.layout;
  /** From the selected box, or the root where none is, to another. */
  const move = (to: (box: Box) => Box) => () => {
    if (!panel.view.picture) return;
    const box = panel.view.selected === NONE ? 0 : to(panel.view.selected);
    if (box !== NONE) panel.view.goTo(box);
  };
  const parent = (box: Box) => layout().parent[box];
  const child = (box: Box) => {
    const { firstChild } = layout();
    return firstSeen(layout(), firstChild[box], firstChild[box + 1], 1);
  };
  /** The next on its row: a call of the same function, else of the next. */
  const beside = (step: 1 | -1) => (box: Box) => {
    const { row, rowStart } = layout();
    return firstSeen(layout(), box + step, step === 1 ? rowStart[row[box] + 1] : rowStart[row[box]] - 1, step);
  };
  const zoom = (run: () => void) => () => {
    if (panel.view.picture) run();
  };
  const graph = () => panel.view.graph;
  return [
    keyRow(
      ['ArrowDown'],
      '↓ ↑',
      'to the first call, to the caller (as they are drawn)',
      () => move(isFlame() ? parent : child)(),
      graph,
    ),
    keyRow(['ArrowUp'], '', '', () => move(isFlame() ? child : parent)(), graph),
    keyRow(['ArrowRight'], '→ ←', 'to the next frame of the row', move(beside(1)), graph),
    keyRow(['ArrowLeft'], '', '', move(beside(-1)), graph),
    keyRow(
      ['Home'],
      'Home',
      'to the root',
      move(() => 0),
      graph,
    ),
    keyRow(
      ['Enter', ' '],
      'Enter',
      'zoom to the selected frame',
      zoom(() => panel.view.selected !== NONE && panel.view.zoomTo(panel.view.selected)),
      graph,
    ),
    keyRow(['Backspace'], 'Backspace', 'back to the former zoom', () => panel.view.back()),
    keyRow(
      ['0'],
      '0',
      'show everything',
      zoom(() => panel.view.zoomTo(0)),
    ),
    keyRow(
      ['+', '='],
      '+ −',
      'zoom in, zoom out',
      zoom(() => panel.view.zoomBy(2)),
    ),
    keyRow(
      ['-', '−'],
      '',
      '',
      zoom(() => panel.view.zoomBy(0.5)),
    ),
    keyRow(
      ['m', 'ContextMenu'],
      'm',
      'menu of the selected frame',
      zoom(() => panel.view.menu()),
      graph,
    ),
  ];
}

/** What the pointer does in a flame graph. */
export const FLAME_POINTER: readonly ShownKey[] = [
  ['Click', 'zoom to a frame'],
  ['Wheel', 'zoom'],
  ['Shift+Wheel', 'up and down'],
  ['Drag', 'pan'],
  ['Double click', 'open the source'],
];

/** The first box from one to another, the latter not included, that has a width; NONE where none has. */
function firstSeen({ left, right }: FlameLayout, from: Box, end: Box, step: 1 | -1): Box {
  let box = from;
  while (box !== end && !(right[box] > left[box])) box += step;
  return box === end ? NONE : box;
}
