import type { Box, FlameLayout } from '../../src/core/profile/flame-layout.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import type { FlameView } from './flame-view.ts';
import type { KeyRow } from './keys.ts';

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
  const graph = 'graph' as const;
  const anywhere = 'panel' as const;
  return [
    {
      keys: ['ArrowDown'],
      shown: '↓ ↑',
      does: 'to the first call, to the caller (as they are drawn)',
      where: graph,
      run: () => move(isFlame() ? parent : child)(),
    },
    { keys: ['ArrowUp'], shown: '', does: '', where: graph, run: () => move(isFlame() ? child : parent)() },
    { keys: ['ArrowRight'], shown: '→ ←', does: 'to the next frame of the row', where: graph, run: move(beside(1)) },
    { keys: ['ArrowLeft'], shown: '', does: '', where: graph, run: move(beside(-1)) },
    { keys: ['Home'], shown: 'Home', does: 'to the root', where: graph, run: move(() => 0) },
    {
      keys: ['Enter', ' '],
      shown: 'Enter',
      does: 'zoom to the selected frame',
      where: graph,
      run: zoom(() => panel.view.selected !== NONE && panel.view.zoomTo(panel.view.selected)),
    },
    {
      keys: ['Backspace'],
      shown: 'Backspace',
      does: 'back to the former zoom',
      where: anywhere,
      run: () => panel.view.back(),
    },
    { keys: ['0'], shown: '0', does: 'show everything', where: anywhere, run: zoom(() => panel.view.zoomTo(0)) },
    {
      keys: ['+', '='],
      shown: '+ −',
      does: 'zoom in, zoom out',
      where: anywhere,
      run: zoom(() => panel.view.zoomBy(2)),
    },
    { keys: ['-', '−'], shown: '', does: '', where: anywhere, run: zoom(() => panel.view.zoomBy(0.5)) },
    {
      keys: ['m', 'ContextMenu'],
      shown: 'm',
      does: 'menu of the selected frame',
      where: graph,
      run: zoom(() => panel.view.menu()),
    },
  ];
}

/** The first box from one to another, the latter not included, that has a width; NONE where none has. */
function firstSeen({ left, right }: FlameLayout, from: Box, end: Box, step: 1 | -1): Box {
  let box = from;
  while (box !== end && !(right[box] > left[box])) box += step;
  return box === end ? NONE : box;
}
