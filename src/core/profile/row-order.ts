import { NONE } from './profile.ts';
import type { FlameTree } from './queries/flame-graph.ts';

/** What stands left among the calls of one function: the most expensive, or the first by name. Never the earliest: x isn't time. */
export type FlameOrder = 'cost' | 'name';

/** A tree's nodes row by row from the root, those of one caller next to one another. */
export interface RowOrder {
  readonly node: Int32Array;
  /** By place in that order: the place of the caller; NONE for the root. */
  readonly parent: Int32Array;
}

/** The row order of a tree whose parents come before their children. O(nodes), apart from sorting siblings. */
export function rowOrder(tree: FlameTree, order: FlameOrder): RowOrder {
  if (order === 'cost' && isInRows(tree)) {
    const node = new Int32Array(tree.parent.length);
    for (let at = 0; at < node.length; at++) node[at] = at;
    return { node, parent: tree.parent };
  }
  const length = tree.parent.length;
  const { start, children } = sortedChildren(tree, order);
  const node = new Int32Array(length);
  const parent = new Int32Array(length).fill(NONE);
  let placed = 1;
  for (let at = 0; at < length; at++) {
    const lastChild = start[node[at] + 1];
    for (let child = start[node[at]]; child < lastChild; child++) {
      node[placed] = children[child];
      parent[placed] = at;
      placed++;
    }
  }
  return { node, parent };
}

/** The same tree with its nodes in row order by cost, so that whoever lays it out has nothing to sort. */
export function inRows(tree: FlameTree, { node, parent } = rowOrder(tree, 'cost')): FlameTree {
  if (parent === tree.parent) return tree;
  return {
    ...tree,
    parent,
    self: inOrder(tree.self, node),
    total: inOrder(tree.total, node),
    function: inOrder(tree.function, node),
    inlined: inOrder(tree.inlined, node),
    kind: inOrder(tree.kind, node),
    line: inOrder(tree.line, node),
  };
}

/** A column of a tree in another order of its nodes, or of some of them. A plain loop: for a million nodes `from` takes ten times as long. */
export function inOrder<C extends Float64Array | Int32Array | Uint8Array | Uint32Array>(
  column: C,
  node: Int32Array,
): C {
  const ordered = column.slice(0, node.length) as C;
  for (let at = 0; at < node.length; at++) ordered[at] = column[node[at]];
  return ordered;
}

function isInRows({ parent, total, function: func }: FlameTree): boolean {
  for (let node = 2; node < parent.length; node++) {
    const former = node - 1;
    if (parent[node] > parent[former]) continue;
    if (parent[node] < parent[former] || total[node] > total[former]) return false;
    if (total[node] === total[former] && func[node] < func[former]) return false;
  }
  return true;
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
