import { getOrMake } from '../get-or-make.ts';
import type { BrowsedTree } from './browsed-tree.ts';
import type { CallTreeNode } from './call-tree.ts';
import { NONE, type Profile } from './profile.ts';
import { readingKey, sortByKey, textRanks } from './sort-keys.ts';

export const TREE_COLUMNS = ['total', 'self', 'name', 'place', 'module'] as const;
export type TreeColumn = (typeof TREE_COLUMNS)[number];

export interface TreeSort {
  readonly column: TreeColumn;
  readonly isDescending: boolean;
}

/** A tree with an order among the children of each node. Costs are ordered by size, whatever their sign. */
export class TreeOrder {
  readonly tree: BrowsedTree;
  readonly #key: (node: CallTreeNode) => number;
  readonly #isDescending: boolean;
  readonly #isByCost: boolean;
  readonly #known = new Map<CallTreeNode, Int32Array>();

  constructor(profile: Profile, tree: BrowsedTree, { column, isDescending }: TreeSort) {
    this.tree = tree;
    this.#key = keyOf(profile, tree, column);
    this.#isDescending = isDescending;
    this.#isByCost = column === 'total' && isDescending;
  }

  /** Those with the same key: the more expensive first. */
  children(node: CallTreeNode): Int32Array {
    let ordered = this.#known.get(node);
    if (!ordered) {
      const { tree } = this;
      const byCost = sortByKey(tree.children(node), (child) => Math.abs(tree.total(child)), true);
      ordered = this.#isByCost ? byCost : sortByKey(byCost, this.#key, this.#isDescending);
      if (this.#known.size >= MOST_KEPT) this.#known.clear();
      this.#known.set(node, ordered);
    }
    return ordered;
  }
}

const MOST_KEPT = 100_000;

function keyOf(profile: Profile, tree: BrowsedTree, column: TreeColumn): (node: CallTreeNode) => number {
  if (column === 'total') return (node) => Math.abs(tree.total(node));
  if (column === 'self') return (node) => Math.abs(tree.self(node));
  const ranks = functionRanks(profile, column);
  return (node) => ranks[tree.func(node)] ?? -1;
}

const known = new WeakMap<Profile, Map<TreeColumn, Float64Array>>();

/** By function: its place in the order of names, of files and lines, or of modules. Worked out once. */
function functionRanks(profile: Profile, column: 'name' | 'place' | 'module'): Float64Array {
  const ranks = getOrMake(known, profile, () => new Map<TreeColumn, Float64Array>());
  return getOrMake(ranks, column, () => textRanks(RANKED[column](profile)));
}

const RANKED = {
  name: ({ functions, strings }: Profile) => Array.from(functions.name, (name) => readingKey(strings[name])),
  place: ({ functions, strings }: Profile) =>
    Array.from(functions.file, (file, func) => placeKey(strings[file], functions.startLine[func])),
  module: ({ functions, modules, strings }: Profile) =>
    Array.from(functions.module, (module) => (module === NONE ? '' : readingKey(strings[modules.path[module]]))),
};

/** Of the order of files, and in one file of lines. */
export function placeKey(file: string, line: number): string {
  return `${readingKey(file)}\0${String(line).padStart(10, '0')}`;
}
