import type { View } from '../../../src/core/profile/queries/query-model.ts';
import { whyNothing } from '../../../src/core/profile/why-nothing.ts';
import { formatAmount } from '../../../src/core/units.ts';
import type { FlameGraphTree, Open } from '../../../src/protocol/flame-graph.ts';
import { placeholder } from '../../widgets/placeholder.ts';
import { hasBelowNothing } from './flame-trees.ts';

/** A recording of whose calls none has a width. */
export function nothingInView(open: Open, tree: FlameGraphTree, onLook: (change: Partial<View>) => void): HTMLElement {
  const { values, view } = open;
  const isBelow = hasBelowNothing(tree);
  return placeholder({
    icon: 'flame',
    title: isBelow ? 'Nothing that has a width' : `No ${values[view.value].type} in view`,
    message: isBelow ? belowNothing(tree.tree) : whyNothing(open, ' above'),
    actions: [
      ...(view.operations.length > 0 ? [{ title: 'Remove All Filters', run: () => onLook({ operations: [] }) }] : []),
      ...(view.threads ? [{ title: 'Show All Threads', run: () => onLook({ threads: null }) }] : []),
    ],
  }).element;
}

function belowNothing({ total, value }: FlameGraphTree['tree']): string {
  const sum = formatAmount(total[0], value.unit, value.type);
  return `Some costs are below 0, as in a difference, and all together are ${sum}: a flame graph draws what is above 0. The top table and the call tree show all of it.`;
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
