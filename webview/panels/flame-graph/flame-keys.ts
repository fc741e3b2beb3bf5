import type { Box } from '../../../src/core/profile/flame-layout.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { flameMoves } from '../../widgets/flame-moves.ts';
import type { KeyRow } from '../../widgets/keys.ts';
import type { FlamePanel } from './flame-panel.ts';

/** Every key of the panel. */
export function flameKeys(panel: FlamePanel): KeyRow[] {
  const withSelected = (run: (box: Box) => void) => () => {
    if (panel.view.picture && panel.view.selected !== NONE) run(panel.view.selected);
  };
  const next = <V extends string>(values: readonly V[], now: V): V => values[(values.indexOf(now) + 1) % values.length];
  const anywhere = 'panel' as const;
  return [
    ...flameMoves(panel, () => panel.view.isFlame),
    { keys: ['Escape'], shown: 'Esc', does: 'end the search, then back', where: anywhere, run: () => panel.escape() },
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
