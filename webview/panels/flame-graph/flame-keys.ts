import type { Box } from '../../../src/core/profile/flame-layout.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { nextOf } from '../../lib/next-of.ts';
import { flameMoves } from '../../widgets/flame-moves.ts';
import { type KeyRow, keyRow } from '../../widgets/keys.ts';
import type { FlamePanel } from './flame-panel.ts';

/** Every key of the panel. */
export function flameKeys(panel: FlamePanel): KeyRow[] {
  const withSelected = (run: (box: Box) => void) => () => {
    if (panel.view.picture && panel.view.selected !== NONE) run(panel.view.selected);
  };
  return [
    ...flameMoves(panel, () => panel.view.isFlame),
    keyRow(['Escape'], 'Esc', 'end the search, then back', () => panel.escape()),
    keyRow(['/'], '/', 'search', () => panel.focusSearch()),
    keyRow(['n'], 'n N', 'next match, previous match', () => panel.nextMatch(1)),
    keyRow(['N'], '', '', () => panel.nextMatch(-1)),
    keyRow(
      ['o'],
      'o',
      'open the source',
      withSelected((box) => panel.openSource(box)),
    ),
    keyRow(['t'], 't', 'table, or picture', () => panel.toggleTable()),
    keyRow(['f'], 'f', 'flame, or icicle', () => panel.setFlame(!panel.kept.isFlame)),
    keyRow(['c'], 'c', 'colour by module or package, kind, heat', () =>
      panel.setColouring(nextOf(['module', 'kind', 'heat'], panel.kept.colouring)),
    ),
    keyRow(['s'], 's', 'order by cost, by name', () => panel.setOrder(nextOf(['cost', 'name'], panel.kept.order))),
    keyRow(['b'], 'b', 'bottom up, top down', () => panel.setMode(panel.mode === 'topDown' ? 'bottomUp' : 'topDown')),
    keyRow(
      ['w'],
      'w',
      'callers and callees of the selected frame',
      withSelected((box) => panel.sandwich(box)),
    ),
    keyRow(['a'], 'a', 'add a filter', () => panel.askFilter()),
    keyRow(['u'], 'u U', 'undo, redo a change of the view', () => panel.step('undo')),
    keyRow(['U'], '', '', () => panel.step('redo')),
    keyRow(['k'], 'k', 'kernel frames on, off', () => panel.look({ kernel: !panel.looked?.kernel })),
    keyRow(['i'], 'i', 'inlined frames on, off', () => panel.look({ inlines: !panel.looked?.inlines })),
    keyRow(['?'], '?', 'these keys', () => panel.help()),
  ];
}
