import { type CallTree, callPaths, nodeCosts } from '../call-tree.ts';
import type { Diff } from '../diff.ts';
import { drawnTree, type FlameTree } from '../queries/flame-graph.ts';
import { inOrder, inRows, rowOrder } from '../row-order.ts';

/** What the width of a node is: its cost after, its cost before, or how much changed in it and below, rises and falls added up alike. */
export const DIFF_WIDTHS = ['after', 'before', 'change'] as const;
export type DiffWidth = (typeof DIFF_WIDTHS)[number];

/** A call tree to draw with what each node costs before and after. `self` and `total` are the widths. */
export interface DiffTree extends FlameTree {
  readonly beforeSelf: Float64Array;
  readonly beforeTotal: Float64Array;
  readonly afterSelf: Float64Array;
  readonly afterTotal: Float64Array;
}

/** The call tree of both profiles: paths that are only in one have nothing in the other. */
export function diffTree({ profile, before, after, value }: Diff, width: DiffWidth = 'after'): DiffTree {
  const { length } = profile.stacks;
  const touched = new Uint8Array(length);
  for (let stack = 0; stack < length; stack++) touched[stack] = before.touched[stack] | after.touched[stack];
  const nodes = callPaths(profile, touched);
  const [old, now] = [nodeCosts(nodes, before), nodeCosts(nodes, after)];
  const drawn = drawnTree(profile, { ...nodes, ...WIDTHS[width](old, now, nodes.parent) }, value);
  const order = rowOrder(drawn, 'cost');
  const { node } = order;
  return {
    ...inRows(drawn, order),
    beforeSelf: inOrder(old.self, node),
    beforeTotal: inOrder(old.total, node),
    afterSelf: inOrder(now.self, node),
    afterTotal: inOrder(now.total, node),
  };
}

type Costs = Pick<CallTree, 'self' | 'total'>;

const WIDTHS: Record<DiffWidth, (before: Costs, after: Costs, parent: Int32Array) => Costs> = {
  after: (_, after) => after,
  before: (before) => before,
  change(before, after, parent) {
    const self = new Float64Array(parent.length);
    for (let node = 0; node < self.length; node++) self[node] = Math.abs(after.self[node] - before.self[node]);
    const total = self.slice();
    for (let node = total.length - 1; node > 0; node--) total[parent[node]] += total[node];
    return { self, total };
  },
};
