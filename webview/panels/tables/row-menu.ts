import { exactPattern } from '../../../src/core/exact-pattern.ts';
import type { Grouping } from '../../../src/core/profile/frame-keys.ts';
import type { Operation } from '../../../src/core/profile/operations/operation.ts';
import type { TableFormat } from '../../../src/core/profile/table-text.ts';
import type { PlaceRow } from '../../../src/protocol/tables.ts';
import type { MenuItem } from '../../widgets/menu.ts';

export interface RowMenuEvents {
  onOpen(): void;
  onShow(where: 'flameGraph' | 'callers'): void;
  onOperate(operation: Operation): void;
  onCopyName(name: string): void;
  onCopyRows(format: TableFormat): void;
}

/** What can be done with a row. */
export function rowMenu(row: PlaceRow, by: Grouping, events: RowMenuEvents): readonly MenuItem[] {
  const isFunction = row.function >= 0;
  const meant = by === 'file' ? row.file : by === 'module' ? row.module : row.name;
  // Of a name that is cut an exact operation would mean nothing.
  const isNameless = meant === '' || row.isCut;
  const operation = (label: string, op: 'focus' | 'ignore' | 'hide' | 'merge', isDisabled = isNameless): MenuItem => ({
    label,
    isDisabled,
    run: () => events.onOperate({ op, pattern: exactPattern(meant) }),
  });
  return [
    { label: 'Open Source', key: 'Enter', isDisabled: row.file === '', run: events.onOpen },
    { label: 'Show in Flame Graph', key: 'f', isDisabled: !isFunction, run: () => events.onShow('flameGraph') },
    { label: 'Show Callers', key: 'c', isDisabled: !isFunction, run: () => events.onShow('callers') },
    operation('Only Samples With It', 'focus'),
    operation('Without Samples of It', 'ignore'),
    operation('Hide It', 'hide'),
    operation('Merge It Into Its Callers', 'merge', isNameless || !isFunction),
    {
      label: 'Copy Name',
      isDisabled: meant === '',
      run: () => events.onCopyName(isFunction ? row.fullName : meant),
    },
    { label: 'Copy Rows as TSV', key: 'Ctrl+C', run: () => events.onCopyRows('tsv') },
    { label: 'Copy Rows as Markdown', run: () => events.onCopyRows('markdown') },
  ];
}
