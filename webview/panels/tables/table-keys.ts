import { type KeyRow, keyRow, type ShownKey } from '../../widgets/keys.ts';
import type { TablesPanel } from './tables-panel.ts';

/** Every key of the panel. */
export function tableKeys(panel: TablesPanel): KeyRow[] {
  const key = (name: string, does: string, run: () => void) => keyRow([name], name, does, run);
  return [
    key('/', 'search', () => panel.focusSearch()),
    key('n', 'next match', () => panel.nextMatch(1)),
    key('N', 'previous match', () => panel.nextMatch(-1)),
    key('*', 'expand the most expensive path', () => panel.expand('heaviest')),
    key('e', 'expand all below', () => panel.expand('all')),
    key('x', 'collapse all', () => panel.collapseAll()),
    key('t', 'top table', () => panel.showTable('top')),
    key('d', 'call tree', () => panel.showTable('down')),
    key('u', 'call tree from the bottom up', () => panel.showTable('up')),
    key('m', 'the row’s menu', () => panel.menuAtRow()),
    key('f', 'show in the flame graph', () => panel.showRow('flameGraph')),
    key('c', 'show callers', () => panel.showRow('callers')),
    key('v', 'choose what is shown', () => panel.chooseView()),
    key('Escape', 'leave the search, then end it', () => panel.escape()),
    key('?', 'this list', () => panel.help()),
  ];
}

/** Keys that the table has for itself. */
export const OF_THE_TABLE: readonly ShownKey[] = [
  ['↑ ↓ Home End', 'to another row; with Shift select those between'],
  ['← →', 'close and open what is below; to the parent and to the first below'],
  ['Space', 'open or close what is below'],
  ['Enter', 'open the source'],
  ['Ctrl+A, Ctrl+C', 'select all rows; copy those selected, as TSV'],
  ['Shift+F10', 'the row’s menu'],
  ['Shift+← →', 'on a column’s head: narrower, wider'],
];
