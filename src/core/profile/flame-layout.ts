import { type FlameLevel, flameLevels } from './flame-levels.ts';
import { NONE } from './profile.ts';
import type { FlameTree } from './queries/flame-graph.ts';
import { type FlameOrder, rowOrder } from './row-order.ts';

export type Box = number;

/**
 * Where each node of a call tree stands in a flame graph. A box is a node's place; boxes are numbered row by row from the root and from
 * left to right, so that a row is a run of boxes in order of x, and so are the calls of one box. Left and right are shares of the
 * root's width, 0 to 1; a box lies within its parent's.
 */
export interface FlameLayout {
  readonly length: number;
  /** How many rows there are: the deepest node's depth plus one. */
  readonly height: number;
  /** By row, with one more at the end: its first box. */
  readonly rowStart: Int32Array;
  /** By box: its node in the tree. */
  readonly node: Int32Array;
  /** By box: the caller's box; NONE for the root. */
  readonly parent: Int32Array;
  /** By box, with one more at the end: the first of its calls, which end where those of the next box start. */
  readonly firstChild: Int32Array;
  readonly row: Int32Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** By box: how wide the boxes to its left on its row are together. */
  readonly before: Float64Array;
  /** By block of 2^BLOCK_BITS boxes: how wide the widest of them is, or of the gaps to their left. */
  readonly widest: Float64Array;
  /** From the coarsest to the finest. */
  readonly levels: readonly FlameLevel[];
}

export const BLOCK_BITS = 3;

/** Lays out a tree whose parents come before their children. Costs below 0 have no width. O(nodes), apart from sorting siblings. */
export function flameLayout(tree: FlameTree, order: FlameOrder = 'cost'): FlameLayout {
  const { total } = tree;
  const length = total.length;
  const { node, parent } = rowOrder(tree, order);
  const firstChild = new Int32Array(length + 1);
  const row = new Int32Array(length);
  const left = new Float64Array(length);
  const right = new Float64Array(length);
  const before = new Float64Array(length);
  const widest = new Float64Array((length >> BLOCK_BITS) + 1);
  const starts: number[] = [0];
  const scale = total[0] > 0 ? 1 / total[0] : 0;
  right[0] = total[0] * scale;
  widest[0] = right[0];
  let caller = NONE;
  let x = 0;
  for (let at = 1; at < length; at++) {
    if (parent[at] !== caller) {
      // Those between have no calls: they would start where these do.
      while (caller < parent[at]) firstChild[++caller] = at;
      x = left[caller];
    }
    row[at] = row[caller] + 1;
    left[at] = x;
    const cost = total[node[at]];
    if (cost > 0) x = Math.min(right[caller], x + cost * scale);
    right[at] = x;
    let width = x - left[at];
    if (row[at] === starts.length) starts.push(at);
    else {
      before[at] = before[at - 1] + right[at - 1] - left[at - 1];
      width = Math.max(width, left[at] - right[at - 1]);
    }
    if (width > widest[at >> BLOCK_BITS]) widest[at >> BLOCK_BITS] = width;
  }
  firstChild.fill(length, caller + 1);
  const height = starts.push(length) - 1;
  const rowStart = Int32Array.from(starts);
  return {
    length,
    height,
    rowStart,
    node,
    parent,
    firstChild,
    row,
    left,
    right,
    before,
    widest,
    levels: flameLevels({ rowStart, left, right }),
  };
}
