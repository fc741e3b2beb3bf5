import { DIFF_WIDTHS } from '../../../src/core/profile/diff/diff-tree.ts';
import { GROUPINGS } from '../../../src/core/profile/frame-keys.ts';
import { nextOf } from '../../lib/next-of.ts';
import { flameMoves } from '../../widgets/flame-moves.ts';
import { type KeyRow, keyRow } from '../../widgets/keys.ts';
import type { ComparePanel } from './compare-panel.ts';

/** Every key of the panel. */
export function compareKeys(panel: ComparePanel): KeyRow[] {
  return [
    ...flameMoves(panel, () => panel.kept.isFlame),
    keyRow(['Escape'], 'Esc', 'end the search, then back', () => panel.escape()),
    keyRow(['/'], '/', 'search', () => panel.focusSearch()),
    keyRow(['n'], 'n N', 'next match, previous match', () => panel.nextMatch(1)),
    keyRow(['N'], '', '', () => panel.nextMatch(-1)),
    keyRow(['o'], 'o', 'open the source', () => panel.openCurrent()),
    keyRow(['t'], 't', 'table, or picture', () => panel.toggleTable()),
    keyRow(['g'], 'g', 'rows of the table: functions, lines, files, modules', () =>
      panel.setGrouping(nextOf(GROUPINGS, panel.kept.by)),
    ),
    keyRow(['w'], 'w', 'width by after, before, change', () => {
      if (panel.looked) panel.look({ width: nextOf(DIFF_WIDTHS, panel.looked.width) });
    }),
    keyRow(['a'], 'a', 'add a filter', () => panel.askFilter()),
    keyRow(['x'], 'x', 'swap before and after', () => panel.swap()),
    keyRow(['f'], 'f', 'flame, or icicle', () => panel.setFlame(!panel.kept.isFlame)),
    keyRow(['k'], 'k', 'kernel frames on, off', () => panel.look({ kernel: !panel.looked?.kernel })),
    keyRow(['i'], 'i', 'inlined frames on, off', () => panel.look({ inlines: !panel.looked?.inlines })),
    keyRow(['?'], '?', 'these keys', () => panel.help()),
  ];
}
