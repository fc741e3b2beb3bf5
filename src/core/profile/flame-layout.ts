import { NONE } from './profile.ts';
import type { FlameTree } from './queries/flame-graph.ts';

/** What stands left among the calls of one function: the most expensive, or the first by name. Never the earliest: x isn't time. */
export type FlameOrder = 'cost' | 'name';

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
}

/** Lays out a tree whose parents come before their children. Costs below 0 have no width. O(nodes), apart from sorting siblings. */
export function flameLayout(tree: FlameTree, order: FlameOrder = 'cost'): FlameLayout {
  const { total } = tree;
  const length = total.length;
  const { start, children } = sortedChildren(tree, order);
  const node = new Int32Array(length);
  const parent = new Int32Array(length).fill(NONE);
  const firstChild = new Int32Array(length + 1);
  const row = new Int32Array(length);
  const left = new Float64Array(length);
  const right = new Float64Array(length);
  const before = new Float64Array(length);
  const rowStart: number[] = [0];
  const scale = total[0] > 0 ? 1 / total[0] : 0;
  right[0] = total[0] * scale;
  let placed = 1;
  for (let at = 0; at < length; at++) {
    if (row[at] === rowStart.length) rowStart.push(at);
    else if (at > 0) before[at] = before[at - 1] + right[at - 1] - left[at - 1];
    firstChild[at] = placed;
    const own = node[at];
    const lastChild = start[own + 1];
    const below = row[at] + 1;
    const bound = right[at];
    let x = left[at];
    for (let child = start[own]; child < lastChild; child++) {
      const callee = children[child];
      node[placed] = callee;
      parent[placed] = at;
      row[placed] = below;
      left[placed] = x;
      if (total[callee] > 0) x = Math.min(bound, x + total[callee] * scale);
      right[placed] = x;
      placed++;
    }
  }
  firstChild[length] = placed;
  const height = rowStart.push(length) - 1;
  return {
    length,
    height,
    rowStart: Int32Array.from(rowStart),
    node,
    parent,
    firstChild,
    row,
    left,
    right,
    before,
  };
}

/** The calls of each node, in order: those of node n are `children[start[n]]` up to `children[start[n + 1]]`. */
function sortedChildren(tree: FlameTree, order: FlameOrder): { start: Int32Array; children: Int32Array } {
  const { parent, function: func } = tree;
  const length = parent.length;
  const start = new Int32Array(length + 1);
  for (let node = 1; node < length; node++) start[parent[node] + 1]++;
  for (let node = 0; node < length; node++) start[node + 1] += start[node];
  const next = start.slice();
  const children = new Int32Array(Math.max(0, length - 1));
  for (let node = 1; node < length; node++) children[next[parent[node]]++] = node;
  const key = order === 'name' ? nameKeys(tree) : tree.total.map((total) => -total);
  const compare = (a: number, b: number) => key[a] - key[b] || func[a] - func[b];
  for (let node = 0; node < length; node++) {
    const from = start[node];
    const to = start[node + 1];
    if (to - from > LONG_RUN) {
      children.subarray(from, to).sort(compare);
      continue;
    }
    // Most nodes have few calls, for which the library's sort costs more than it saves.
    for (let at = from + 1; at < to; at++) {
      const own = children[at];
      let place = at;
      while (place > from && compare(children[place - 1], own) > 0) {
        children[place] = children[place - 1];
        place--;
      }
      children[place] = own;
    }
  }
  return { start, children };
}

const LONG_RUN = 16;

/** By node: the place of its function in the order of names. */
function nameKeys({ functions: { fullName }, function: func }: FlameTree): Float64Array {
  const byName = Int32Array.from(fullName, (_, at) => at);
  byName.sort((a, b) => (fullName[a] < fullName[b] ? -1 : fullName[a] > fullName[b] ? 1 : a - b));
  const rank = new Float64Array(byName.length);
  byName.forEach((at, place) => {
    rank[at] = place;
  });
  return Float64Array.from(func, (at) => rank[at]);
}
