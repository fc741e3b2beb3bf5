import type { CallTreeNode } from './call-tree.ts';
import type { TreeOrder } from './tree-order.ts';

/** Nodes to expand, and where that leads. */
export interface Expansion {
  readonly nodes: readonly CallTreeNode[];
  /** The last node on the way. */
  readonly last: CallTreeNode;
  /** Whether there would be more. */
  readonly isCut: boolean;
}

/**
 * The way from a node to what is most expensive below it: to the most expensive call of each, until what costs most is the function
 * itself.
 */
export function heaviestPath({ tree }: TreeOrder, from: CallTreeNode, limit: number): Expansion {
  const nodes: CallTreeNode[] = [];
  let at = from;
  while (tree.hasChildren(at)) {
    let heaviest = -1;
    for (const child of tree.children(at)) {
      if (heaviest === -1 || Math.abs(tree.total(child)) > Math.abs(tree.total(heaviest))) heaviest = child;
    }
    // What has no stack is the root's own cost, and no function's.
    if (at !== 0 && Math.abs(tree.self(at)) >= Math.abs(tree.total(heaviest))) break;
    if (nodes.length >= limit) return { nodes, last: at, isCut: true };
    nodes.push(at);
    at = heaviest;
  }
  return { nodes, last: at, isCut: false };
}

/** Everything below a node, row of calls by row of calls, until that many rows are open: at least the node's own calls, be they many. */
export function allBelow(order: TreeOrder, from: CallTreeNode, limit: number): Expansion {
  const nodes: CallTreeNode[] = [];
  const next = [from];
  let rows = 0;
  for (let place = 0; place < next.length; place++) {
    if (!order.tree.hasChildren(next[place])) continue;
    if (rows >= limit) return { nodes, last: from, isCut: true };
    nodes.push(next[place]);
    for (const child of order.children(next[place])) {
      rows++;
      next.push(child);
    }
  }
  return { nodes, last: from, isCut: false };
}

/** The nodes above one, the root first. */
export function nodesAbove({ tree }: TreeOrder, node: CallTreeNode): CallTreeNode[] {
  const above: CallTreeNode[] = [];
  for (let at = node; at > 0; ) {
    at = tree.parent(at);
    above.push(at);
  }
  return above.reverse();
}
