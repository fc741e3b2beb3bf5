import type { Box } from '../../../src/core/profile/flame-layout.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import type { FlamePanel } from './flame-panel.ts';
import type { KeyRow } from './keys.ts';

/** Every key of the panel. */
export function flameKeys(panel: FlamePanel): KeyRow[] {
  /** From the selected box, or the root where none is, to another. */
  const move = (to: (box: Box) => Box) => () => {
    if (!panel.view.picture) return;
    const box = panel.view.selected === NONE ? 0 : to(panel.view.selected);
    if (box !== NONE) panel.view.goTo(box);
  };
  const { parent, child, beside } = {
    parent: (box: Box) => panel.view.picture!.layout.parent[box],
    child: (box: Box) => {
      const { firstChild } = panel.view.picture!.layout;
      return firstChild[box] < firstChild[box + 1] ? firstChild[box] : NONE;
    },
    /** The next on its row: a call of the same function, else of the next. */
    beside: (step: 1 | -1) => (box: Box) => {
      const { row, length } = panel.view.picture!.layout;
      const next = box + step;
      return next >= 0 && next < length && row[next] === row[box] ? next : NONE;
    },
  };
  const withSelected = (run: (box: Box) => void) => () => {
    if (panel.view.picture && panel.view.selected !== NONE) run(panel.view.selected);
  };
  const next = <V extends string>(values: readonly V[], now: V): V => values[(values.indexOf(now) + 1) % values.length];
  const graph = 'graph' as const;
  const anywhere = 'panel' as const;
  return [
    {
      keys: ['ArrowDown'],
      shown: '↓ ↑',
      does: 'to the first call, to the caller (as they are drawn)',
      where: graph,
      run: () => move(panel.view.isFlame ? parent : child)(),
    },
    { keys: ['ArrowUp'], shown: '', does: '', where: graph, run: () => move(panel.view.isFlame ? child : parent)() },
    { keys: ['ArrowRight'], shown: '→ ←', does: 'to the next frame of the row', where: graph, run: move(beside(1)) },
    { keys: ['ArrowLeft'], shown: '', does: '', where: graph, run: move(beside(-1)) },
    { keys: ['Home'], shown: 'Home', does: 'to the root', where: graph, run: move(() => 0) },
    {
      keys: ['Enter', ' '],
      shown: 'Enter',
      does: 'zoom to the selected frame',
      where: graph,
      run: withSelected((box) => panel.view.zoomTo(box)),
    },
    {
      keys: ['Backspace'],
      shown: 'Backspace',
      does: 'back to the former zoom',
      where: anywhere,
      run: () => panel.view.back(),
    },
    { keys: ['Escape'], shown: 'Esc', does: 'end the search, then back', where: anywhere, run: () => panel.escape() },
    {
      keys: ['0'],
      shown: '0',
      does: 'show everything',
      where: anywhere,
      run: () => panel.view.picture && panel.view.zoomTo(0),
    },
    {
      keys: ['+', '='],
      shown: '+ −',
      does: 'zoom in, zoom out',
      where: anywhere,
      run: () => panel.view.picture && panel.view.zoomBy(2),
    },
    { keys: ['-', '−'], shown: '', does: '', where: anywhere, run: () => panel.view.picture && panel.view.zoomBy(0.5) },
    { keys: ['/'], shown: '/', does: 'search', where: anywhere, run: () => panel.focusSearch() },
    { keys: ['n'], shown: 'n N', does: 'next match, previous match', where: anywhere, run: () => panel.nextMatch(1) },
    { keys: ['N'], shown: '', does: '', where: anywhere, run: () => panel.nextMatch(-1) },
    {
      keys: ['o'],
      shown: 'o',
      does: 'open the source',
      where: anywhere,
      run: withSelected((box) => panel.openSource(box)),
    },
    {
      keys: ['m', 'ContextMenu'],
      shown: 'm',
      does: 'menu of the selected frame',
      where: graph,
      run: () => panel.view.picture && panel.view.menu(),
    },
    { keys: ['t'], shown: 't', does: 'table, or picture', where: anywhere, run: () => panel.toggleTable() },
    {
      keys: ['f'],
      shown: 'f',
      does: 'flame, or icicle',
      where: anywhere,
      run: () => panel.setFlame(!panel.kept.isFlame),
    },
    {
      keys: ['c'],
      shown: 'c',
      does: 'colour by module, kind, heat',
      where: anywhere,
      run: () => panel.setColouring(next(['module', 'kind', 'heat'], panel.kept.colouring)),
    },
    {
      keys: ['s'],
      shown: 's',
      does: 'order by cost, by name',
      where: anywhere,
      run: () => panel.setOrder(next(['cost', 'name'], panel.kept.order)),
    },
    {
      keys: ['b'],
      shown: 'b',
      does: 'bottom up, top down',
      where: anywhere,
      run: () => panel.setMode(panel.mode === 'topDown' ? 'bottomUp' : 'topDown'),
    },
    {
      keys: ['w'],
      shown: 'w',
      does: 'callers and callees of the selected frame',
      where: anywhere,
      run: withSelected((box) => panel.sandwich(box)),
    },
    { keys: ['a'], shown: 'a', does: 'add a filter', where: anywhere, run: () => panel.askFilter() },
    {
      keys: ['u'],
      shown: 'u U',
      does: 'undo, redo a change of the view',
      where: anywhere,
      run: () => panel.step('undo'),
    },
    { keys: ['U'], shown: '', does: '', where: anywhere, run: () => panel.step('redo') },
    {
      keys: ['k'],
      shown: 'k',
      does: 'kernel frames on, off',
      where: anywhere,
      run: () => panel.look({ kernel: !panel.looked?.kernel }),
    },
    {
      keys: ['i'],
      shown: 'i',
      does: 'inlined frames on, off',
      where: anywhere,
      run: () => panel.look({ inlines: !panel.looked?.inlines }),
    },
    { keys: ['?'], shown: '?', does: 'these keys', where: anywhere, run: () => panel.help() },
  ];
}
