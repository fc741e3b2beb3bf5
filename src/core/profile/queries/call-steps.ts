import type { CallTreeNode } from '../call-tree.ts';
import { allBelow, type Expansion, heaviestPath, nodesAbove } from '../expansion.ts';
import { NONE } from '../profile.ts';
import { type CallTreeAsk, openTree } from './call-rows.ts';
import type { QueryModel, View } from './query-model.ts';
import { type Direction, viewedTree } from './viewed-trees.ts';

/** More rows than this are not opened at once. */
export const MOST_OPENED = 10_000;

/** What to expand from a node on: the way to what is most expensive, or everything. */
export function callExpansion(
  model: QueryModel,
  { node, what, ...ask }: CallTreeAsk & { node: CallTreeNode; what: 'heaviest' | 'all' },
): Expansion & { readonly tree: number } {
  const { viewed, order } = openTree(model, ask);
  // A node of another tree is none of this one.
  const from = ask.tree === viewed.id ? node : 0;
  const expand = what === 'heaviest' ? heaviestPath : allBelow;
  return { ...expand(order, from, MOST_OPENED), tree: viewed.id };
}

/** What a search has found in a call tree, and the next of it. */
export interface CallMatch {
  readonly tree: number;
  readonly count: number;
  /** Whether the tree has more than was searched. */
  readonly isCut: boolean;
  /** Weight that has a match anywhere in its stack. */
  readonly weight: number;
  /** The match that was stepped to, which is the so manieth from 0, and what is to be expanded for it; NONE where there's none. */
  readonly node: CallTreeNode;
  readonly rank: number;
  readonly expand: readonly CallTreeNode[];
}

/** Counts what a search finds; steps from a node to the next match below it or above it, in the order on the page. Throws MalformedPattern. */
export function callMatch(
  model: QueryModel,
  { node, step, ...ask }: CallTreeAsk & { node: CallTreeNode; step: 1 | -1 | 0 },
): CallMatch {
  const { viewed, order } = openTree(model, ask);
  const found = viewed.found(ask.search);
  const count = found?.matches.count ?? 0;
  const none = { node: NONE, rank: NONE, expand: [] };
  const answer = { tree: viewed.id, count, isCut: found?.matches.isCut ?? false, weight: found?.weight ?? 0 };
  if (!found || count === 0 || step === 0) return { ...answer, ...none };
  const rank = found.matches.step(order, ask.tree === viewed.id ? node : 0, step);
  const match = found.matches.at(order, rank);
  return { ...answer, node: match, rank, expand: nodesAbove(order, match) };
}

/** What is expanded, by names: it holds in another view of the same recording. A parent comes before its children; the root is the first. */
export interface ExpandedNames {
  /** Position of the parent; NONE for the root. */
  readonly parent: readonly number[];
  /** Full name, as much of it as is kept. */
  readonly name: readonly string[];
}

/** More than this isn't remembered, nor more of a name. */
const MOST_REMEMBERED = 500;
const MOST_OF_A_NAME = 200;

/** The names of the nodes that are expanded on the page, as far as they are remembered: from the top. */
export function callNames(model: QueryModel, ask: CallTreeAsk): ExpandedNames {
  const { viewed, expanded, rows } = openTree(model, ask);
  const parent: number[] = [];
  const name: string[] = [];
  const place = new Map<number, number>();
  for (let row = 0; row < rows.node.length && name.length < MOST_REMEMBERED; row++) {
    const node = rows.node[row];
    if (!expanded.has(node)) continue;
    place.set(row, parent.push(rows.parentRow[row] === NONE ? NONE : place.get(rows.parentRow[row])!) - 1);
    name.push(nameOf(viewed, node));
  }
  return { parent, name };
}

/** The nodes of those names, as far as there are any. */
export function callNodes(
  model: QueryModel,
  { view, direction, names }: { view: View; direction: Direction; names: ExpandedNames },
): { readonly tree: number; readonly nodes: Int32Array } {
  const viewed = viewedTree(model, view, direction);
  const nodes: number[] = [];
  const children = new Map<CallTreeNode, Map<string, CallTreeNode>>();
  const named = (parent: CallTreeNode): Map<string, CallTreeNode> => {
    let known = children.get(parent);
    if (!known) {
      known = new Map();
      for (const child of viewed.tree.children(parent)) {
        const name = nameOf(viewed, child);
        const same = known.get(name);
        if (same === undefined || viewed.tree.total(child) > viewed.tree.total(same)) known.set(name, child);
      }
      children.set(parent, known);
    }
    return known;
  };
  for (let at = 0; at < names.name.length && at < MOST_REMEMBERED; at++) {
    const up = names.parent[at];
    const parent = up === NONE ? NONE : (nodes[up] ?? NONE);
    nodes.push(up === NONE ? 0 : parent === NONE ? NONE : (named(parent).get(names.name[at]) ?? NONE));
  }
  return { tree: viewed.id, nodes: Int32Array.from(nodes.filter((node) => node !== NONE)) };
}

function nameOf(
  { profile, tree }: { profile: QueryModel['profile']; tree: { func(node: number): number } },
  node: number,
) {
  const func = tree.func(node);
  return func === NONE ? '' : profile.strings[profile.functions.fullName[func]].slice(0, MOST_OF_A_NAME);
}
