import { NONE } from '../profile.ts';
import { inOrder } from '../row-order.ts';
import type { DiffTree } from './diff-tree.ts';

/** What of a tree of changes has a width, and what it leaves out. */
export interface DrawnPart {
  readonly tree: DiffTree;
  /** Outermost calls that are left out and cost something: what has gone where widths are after, what is new where they are before. */
  readonly undrawn: number;
  /** What those cost before, and after. */
  readonly undrawnBefore: number;
  readonly undrawnAfter: number;
}

/** The nodes that have a width in a picture, so that what can't be seen is neither sent nor searched nor gone to. In row order, as they were. */
export function drawnPart(tree: DiffTree): DrawnPart {
  const { parent, total, beforeTotal, afterTotal } = tree;
  const place = new Int32Array(parent.length).fill(NONE);
  const kept = new Int32Array(parent.length);
  const sums = { undrawn: 0, undrawnBefore: 0, undrawnAfter: 0 };
  place[0] = 0;
  let length = 1;
  for (let node = 1; node < parent.length; node++) {
    if (place[parent[node]] === NONE) continue;
    if (total[node] > 0) {
      place[node] = length;
      kept[length++] = node;
    } else if (beforeTotal[node] !== 0 || afterTotal[node] !== 0) {
      sums.undrawn++;
      sums.undrawnBefore += beforeTotal[node];
      sums.undrawnAfter += afterTotal[node];
    }
  }
  if (length === parent.length) return { tree, ...sums };
  const node = kept.slice(0, length);
  const ownParent = inOrder(parent, node);
  for (let at = 1; at < length; at++) ownParent[at] = place[ownParent[at]];
  return {
    tree: {
      ...tree,
      parent: ownParent,
      self: inOrder(tree.self, node),
      total: inOrder(total, node),
      function: inOrder(tree.function, node),
      inlined: inOrder(tree.inlined, node),
      kind: inOrder(tree.kind, node),
      line: inOrder(tree.line, node),
      beforeSelf: inOrder(tree.beforeSelf, node),
      beforeTotal: inOrder(beforeTotal, node),
      afterSelf: inOrder(tree.afterSelf, node),
      afterTotal: inOrder(afterTotal, node),
    },
    ...sums,
  };
}
