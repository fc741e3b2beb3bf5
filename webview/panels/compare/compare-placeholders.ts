import type { Compared, CompareLook } from '../../../src/protocol/compare.ts';
import type { NothingOpen } from '../../../src/protocol/panel-state.ts';
import { placeholder } from '../../widgets/placeholder.ts';
import { nothingOpen } from '../../widgets/state-placeholders.ts';

/** What stands in the picture's place while nothing is compared. */
export function nothingCompared(state: NothingOpen, onAct: (id: string) => void): HTMLElement {
  return nothingOpen('diff', state, onAct, {
    title: 'Nothing is compared',
    message:
      'Choose two runs or two profile files. Or drag two files from the explorer and drop them here; hold Shift while you drop.',
  });
}

/** Nothing has a width. */
export function nothingDrawn({ look, values }: Compared, onLook: (change: Partial<CompareLook>) => void): HTMLElement {
  const { type } = values[look.value];
  const isChange = look.width === 'change';
  const hasFilters = look.operations.length > 0;
  return placeholder({
    icon: 'diff',
    title: isChange ? 'Nothing has changed' : `No ${type} ${look.width}`,
    message: isChange
      ? `Every path costs as much ${type} after as before.`
      : `${hasFilters ? 'The filters leave none' : 'There is none'} in this profile.`,
    actions: [
      isChange
        ? { title: 'Width by Cost After', run: () => onLook({ width: 'after' }) }
        : { title: 'Width by Change', run: () => onLook({ width: 'change' }) },
      ...(hasFilters ? [{ title: 'Remove All Filters', run: () => onLook({ operations: [] }) }] : []),
    ],
  }).element;
}
