import type { View } from '../../../src/core/profile/queries/query-model.ts';
import type { Failed, Loading, NothingOpen, Open } from '../../../src/protocol/flame-graph.ts';
import { placeholder } from '../../widgets/placeholder.ts';

/** What stands in the picture's place while no recording is open. */
export function nothingOpen({ actions }: NothingOpen, onAct: (id: string) => void): HTMLElement {
  return placeholder({
    icon: 'flame',
    title: 'No recording is open',
    message: 'Profile a program, or open a profile that there is.',
    actions: actions.map(({ id, title }) => ({ title, run: () => onAct(id) })),
  }).element;
}

/** A recording is being read: `show` says how far that is. */
export function loading({ title, doing, done }: Loading, onCancel: () => void) {
  const made = placeholder({
    icon: 'flame',
    title,
    message: doing,
    done,
    actions: [{ title: 'Cancel', run: onCancel }],
  });
  return { element: made.element, title, show: (now: Loading) => made.show(now.doing, now.done) };
}

/** A recording without anything in view. */
export function nothingInView({ values, view }: Open, onLook: (change: Partial<View>) => void): HTMLElement {
  const hasFilters = view.operations.length > 0;
  return placeholder({
    icon: 'flame',
    title: `No ${values[view.value].type} in view`,
    message: `The threads, the value ${hasFilters ? 'or the filters' : 'or both'} leave nothing to show. Choose others above.`,
    actions: [
      ...(hasFilters ? [{ title: 'Remove All Filters', run: () => onLook({ operations: [] }) }] : []),
      ...(view.threads ? [{ title: 'Show All Threads', run: () => onLook({ threads: null }) }] : []),
    ],
  }).element;
}

/** The calls are being added up, which may take seconds for a large recording. */
export function addingUp({ title }: Open, onCancel: () => void): HTMLElement {
  return placeholder({
    icon: 'flame',
    title,
    message: 'Adding up the calls',
    done: null,
    actions: [{ title: 'Cancel', run: onCancel }],
  }).element;
}

/** A file could not be read. */
export function notRead({ title, message, actions }: Failed, onAct: (id: string) => void): HTMLElement {
  return placeholder({
    icon: 'error',
    title,
    message,
    actions: actions.map((action) => ({ title: action.title, run: () => onAct(action.id) })),
  }).element;
}

/** The host or this page has failed. */
export function failure(message: string, onRetry: () => void): HTMLElement {
  return placeholder({
    icon: 'error',
    title: 'The flame graph can’t be shown',
    message,
    actions: [{ title: 'Try Again', run: onRetry }],
  }).element;
}
