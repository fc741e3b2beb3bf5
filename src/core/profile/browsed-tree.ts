import type { CallTree, CallTreeNode } from './call-tree.ts';
import type { FrameIndex, FunctionIndex } from './profile.ts';

/** A call tree that one walks from node to node. Node 0 is the root, which stands for everything; a parent's number is less than its children's. */
export interface BrowsedTree {
  /** How many nodes are known: a tree may grow while one walks in it. */
  readonly length: number;
  /** NONE for the root. */
  parent(node: CallTreeNode): CallTreeNode;
  /** NONE for the root. */
  func(node: CallTreeNode): FunctionIndex;
  /** A frame of the node; NONE for the root. */
  frame(node: CallTreeNode): FrameIndex;
  self(node: CallTreeNode): number;
  total(node: CallTreeNode): number;
  hasChildren(node: CallTreeNode): boolean;
  childCount(node: CallTreeNode): number;
  /** In no particular order. */
  children(node: CallTreeNode): Int32Array;
  /** Makes the nodes known that aren't yet, as far as that is sensible. Gives whether all are known now. */
  growAll(): boolean;
}

/** From the outermost function down to what it called. O(nodes). */
export function topDownTree({ length, parent, function: func, frame, self, total }: CallTree): BrowsedTree {
  const start = new Int32Array(length + 1);
  for (let node = 1; node < length; node++) start[parent[node] + 1]++;
  for (let node = 0; node < length; node++) start[node + 1] += start[node];
  const next = start.slice();
  const children = new Int32Array(length - 1);
  for (let node = 1; node < length; node++) children[next[parent[node]]++] = node;
  return {
    length,
    parent: (node) => parent[node],
    func: (node) => func[node],
    frame: (node) => frame[node],
    self: (node) => self[node],
    total: (node) => total[node],
    hasChildren: (node) => start[node + 1] > start[node],
    childCount: (node) => start[node + 1] - start[node],
    children: (node) => children.subarray(start[node], start[node + 1]),
    growAll: () => true,
  };
}
