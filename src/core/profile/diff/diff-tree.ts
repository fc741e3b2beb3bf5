import { callTree } from '../call-tree.ts';
import type { Diff } from '../diff.ts';
import { drawnTree, type FlameTree } from '../queries/flame-graph.ts';
import { inRows, rowOrder } from '../row-order.ts';
import type { StackWeights } from '../stack-weights.ts';

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
  const touched = Uint8Array.from({ length }, (_, stack) => before.touched[stack] | after.touched[stack]);
  // All have the same nodes in the same places, for these go by which stacks are touched.
  const treeOf = (weights: StackWeights) => callTree(profile, { ...weights, touched });
  const [old, now] = [treeOf(before), treeOf(after)];
  const self = WIDTHS[width](old.self, now.self);
  const total = self.slice();
  for (let node = total.length - 1; node > 0; node--) total[old.parent[node]] += total[node];
  const drawn = drawnTree(profile, { ...old, self, total }, value);
  const { node } = rowOrder(drawn, 'cost');
  const inRowOrder = (column: Float64Array) => Float64Array.from(node, (at) => column[at]);
  return {
    ...inRows(drawn),
    beforeSelf: inRowOrder(old.self),
    beforeTotal: inRowOrder(old.total),
    afterSelf: inRowOrder(now.self),
    afterTotal: inRowOrder(now.total),
  };
}

const WIDTHS: Record<DiffWidth, (before: Float64Array, after: Float64Array) => Float64Array> = {
  after: (_, after) => after,
  before: (before) => before,
  change: (before, after) => after.map((weight, node) => Math.abs(weight - before[node])),
};
