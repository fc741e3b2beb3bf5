import type { View } from '../../../src/core/profile/queries/query-model.ts';
import type { Open } from '../../../src/protocol/flame-graph.ts';
import { placeholder } from '../../widgets/placeholder.ts';

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

/** A view in which the function isn't that callers and callees are shown of. */
export function notInView(name: string, onTopDown: () => void): HTMLElement {
  return placeholder({
    icon: 'flame',
    title: 'Not in view',
    message: `${name} has no cost in what is looked at. Choose other threads or filters above, or look at all calls.`,
    actions: [{ title: 'Top Down', run: onTopDown }],
  }).element;
}
