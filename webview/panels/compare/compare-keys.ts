import { DIFF_WIDTHS } from '../../../src/core/profile/diff/diff-tree.ts';
import { GROUPINGS } from '../../../src/core/profile/frame-keys.ts';
import { flameMoves } from '../../widgets/flame-moves.ts';
import type { KeyRow } from '../../widgets/keys.ts';
import type { ComparePanel } from './compare-panel.ts';

/** Every key of the panel. */
export function compareKeys(panel: ComparePanel): KeyRow[] {
  const anywhere = 'panel' as const;
  const next = <V extends string>(values: readonly V[], now: V): V => values[(values.indexOf(now) + 1) % values.length];
  const key = (keys: readonly string[], shown: string, does: string, run: () => void): KeyRow => ({
    keys,
    shown,
    does,
    where: anywhere,
    run,
  });
  return [
    ...flameMoves(panel, () => panel.kept.isFlame),
    key(['Escape'], 'Esc', 'end the search, then back', () => panel.escape()),
    key(['/'], '/', 'search', () => panel.focusSearch()),
    key(['n'], 'n N', 'next match, previous match', () => panel.nextMatch(1)),
    key(['N'], '', '', () => panel.nextMatch(-1)),
    key(['o'], 'o', 'open the source', () => panel.openCurrent()),
    key(['t'], 't', 'table, or picture', () => panel.toggleTable()),
    key(['g'], 'g', 'rows of the table: functions, lines, files, modules', () =>
      panel.setGrouping(next(GROUPINGS, panel.kept.by)),
    ),
    key(['w'], 'w', 'width by after, before, change', () => {
      if (panel.looked) panel.look({ width: next(DIFF_WIDTHS, panel.looked.width) });
    }),
    key(['x'], 'x', 'swap before and after', () => panel.swap()),
    key(['f'], 'f', 'flame, or icicle', () => panel.setFlame(!panel.kept.isFlame)),
    key(['k'], 'k', 'kernel frames on, off', () => panel.look({ kernel: !panel.looked?.kernel })),
    key(['i'], 'i', 'inlined frames on, off', () => panel.look({ inlines: !panel.looked?.inlines })),
    key(['?'], '?', 'these keys', () => panel.help()),
  ];
}
