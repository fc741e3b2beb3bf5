import type { View } from '../../../src/core/profile/queries/query-model.ts';
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
    message: isBelow ? belowNothing(tree.tree) : whyNothing(open),
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

/** Names only what there is to choose from. */
function whyNothing({ samples, values, threads, view }: Open): string {
  if (samples === 0) return 'The recording holds no samples.';
  const choices = [
    ...(threads.length > 1 || view.threads ? ['the threads'] : []),
    ...(values.length > 1 ? ['the value'] : []),
    ...(view.operations.length > 0 ? ['the filters'] : []),
  ];
  if (choices.length === 0) return 'All that the recording holds has a cost of 0.';
  const named = choices.length === 1 ? choices[0] : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  return `What was chosen leaves nothing to show. Change ${named} above.`;
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
