import type { Box, FlameLayout } from './flame-layout.ts';
import type { FlameTree } from './queries/flame-graph.ts';
import { searchPattern, type TextSearch } from './text-search.ts';

export interface FlameMatches {
  /** By function of the tree: 1 where it matches. */
  readonly functions: Uint8Array;
  /** Matching boxes, depth first from the left: the order in which one steps through them. */
  readonly boxes: Int32Array;
  /** By box, with one more at the end: how many boxes before it match. */
  readonly before: Int32Array;
  /** Weight that has a match anywhere in its stack, as a share (0 to 1) of the whole: a sample counts once, however often it matches. */
  readonly share: number;
}

/** Functions of the tree whose full name has what is looked for. Throws MalformedPattern. */
export function matchingFunctions({ functions }: FlameTree, search: TextSearch): Uint8Array {
  const isFound = searchPattern(search);
  return Uint8Array.from(functions.fullName, (name) => (isFound(name) ? 1 : 0));
}

/** Where those functions are, and what share of everything they and what they call are. O(nodes). */
export function flameMatches(tree: FlameTree, layout: FlameLayout, functions: Uint8Array): FlameMatches {
  const covered = new Uint8Array(tree.parent.length);
  let count = 0;
  let weight = 0;
  for (let node = 1; node < covered.length; node++) {
    const isMatch = functions[tree.function[node]] === 1;
    const isBelow = covered[tree.parent[node]] === 1;
    if (isMatch) count++;
    if (isMatch && !isBelow) weight += tree.total[node];
    if (isMatch || isBelow) covered[node] = 1;
  }
  const boxes = new Int32Array(count);
  let found = 0;
  for (const box of depthFirst(layout)) {
    if (box > 0 && functions[tree.function[layout.node[box]]] === 1) boxes[found++] = box;
  }
  const before = new Int32Array(layout.length + 1);
  for (let box = 0; box < layout.length; box++) {
    const isMatch = box > 0 && functions[tree.function[layout.node[box]]] === 1;
    before[box + 1] = before[box] + (isMatch ? 1 : 0);
  }
  return { functions, boxes, before, share: tree.total[0] > 0 ? weight / tree.total[0] : 0 };
}

/** The boxes, each followed by everything it calls before the next one on its row comes. */
function depthFirst({ length, parent, firstChild }: FlameLayout): Int32Array {
  const size = new Int32Array(length).fill(1);
  for (let box = length - 1; box > 0; box--) size[parent[box]] += size[box];
  const order = new Int32Array(length);
  const place = new Int32Array(length);
  for (let box: Box = 0; box < length; box++) {
    order[place[box]] = box;
    let next = place[box] + 1;
    for (let child = firstChild[box]; child < firstChild[box + 1]; child++) {
      place[child] = next;
      next += size[child];
    }
  }
  return order;
}
