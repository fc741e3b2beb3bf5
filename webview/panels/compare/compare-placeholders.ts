import type { DiffWidth } from '../../../src/core/profile/diff/diff-tree.ts';
import type { Compared, CompareFailed, NothingCompared } from '../../../src/protocol/compare.ts';
import type { Loading } from '../../../src/protocol/flame-graph.ts';
import { placeholder } from '../../widgets/placeholder.ts';

/** What stands in the picture's place while nothing is compared. */
export function nothingCompared({ actions }: NothingCompared, onAct: (id: string) => void): HTMLElement {
  return placeholder({
    icon: 'diff',
    title: 'Nothing is compared',
    message:
      'Choose two runs or two profile files. Or drag two files from the explorer and drop them here; hold Shift while you drop.',
    actions: actions.map(({ id, title }) => ({ title, run: () => onAct(id) })),
  }).element;
}

/** Two recordings are being read: `show` says how far that is. */
export function comparing({ title, doing, done }: Loading, onCancel: () => void) {
  const made = placeholder({
    icon: 'diff',
    title,
    message: doing,
    done,
    actions: [{ title: 'Cancel', run: onCancel }],
  });
  return { element: made.element, title, show: (now: Loading) => made.show(now.doing, now.done) };
}

/** They could not be read, or can't be compared. */
export function cannotCompare({ title, message, actions }: CompareFailed, onAct: (id: string) => void): HTMLElement {
  return placeholder({
    icon: 'error',
    title,
    message,
    actions: actions.map(({ id, title: label }) => ({ title: label, run: () => onAct(id) })),
  }).element;
}

/** The calls of both are being added up. */
export function addingUp(onCancel: () => void): HTMLElement {
  return placeholder({
    icon: 'diff',
    title: 'Comparing',
    message: 'Adding up the calls of both',
    done: null,
    actions: [{ title: 'Cancel', run: onCancel }],
  }).element;
}

/** Nothing has a width. */
export function nothingDrawn({ look, values }: Compared, onWidth: (width: DiffWidth) => void): HTMLElement {
  const { type } = values[look.value];
  const isChange = look.width === 'change';
  return placeholder({
    icon: 'diff',
    title: isChange ? 'Nothing has changed' : `No ${type} ${look.width}`,
    message: isChange ? `Every path costs as much ${type} after as before.` : 'There is none in this profile.',
    actions: [
      isChange
        ? { title: 'Width by Cost After', run: () => onWidth('after') }
        : { title: 'Width by Change', run: () => onWidth('change') },
    ],
  }).element;
}

/** The host or this page has failed. */
export function failure(message: string, onRetry: () => void): HTMLElement {
  return placeholder({
    icon: 'error',
    title: 'The comparison can’t be shown',
    message,
    actions: [{ title: 'Try Again', run: onRetry }],
  }).element;
}
