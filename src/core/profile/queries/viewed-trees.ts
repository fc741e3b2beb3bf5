import { getOrMake } from '../../get-or-make.ts';
import { BottomUpTree } from '../bottom-up-tree.ts';
import { type BrowsedTree, topDownTree } from '../browsed-tree.ts';
import { type CallTree, callTree } from '../call-tree.ts';
import { matchedWeight } from '../matched-weight.ts';
import { type OpenRows, openRows } from '../open-rows.ts';
import type { Profile } from '../profile.ts';
import { searchedFunctions, type TextSearch } from '../text-search.ts';
import { TreeMatches } from '../tree-matches.ts';
import { TreeOrder, type TreeSort } from '../tree-order.ts';
import type { QueryModel, View, Viewed } from './query-model.ts';

/** Which way a call tree is walked: from callers to what they call, or from what cost something to its callers. */
export const DIRECTIONS = ['down', 'up'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** A view's call tree while it is walked, with what the last questions about it needed. */
export class ViewedTree {
  /** Tells trees apart whose nodes are numbered differently. */
  readonly id = ++lastId;
  readonly profile: Profile;
  readonly size: number;
  readonly tree: BrowsedTree;
  readonly direction: Direction;
  readonly #calls: CallTree;
  #order: { readonly key: string; readonly order: TreeOrder } | undefined;
  #rows: { readonly order: TreeOrder; readonly expanded: Int32Array; readonly rows: OpenRows } | undefined;
  #search: { readonly key: string; readonly found: FoundInTree } | undefined;

  constructor({ profile, weights }: Viewed, calls: CallTree, direction: Direction) {
    this.profile = profile;
    this.size = weights.size;
    this.#calls = calls;
    this.direction = direction;
    this.tree = direction === 'down' ? topDownTree(calls) : new BottomUpTree(calls);
  }

  order(sort: TreeSort): TreeOrder {
    const key = `${sort.column} ${sort.isDescending}`;
    if (this.#order?.key !== key) this.#order = { key, order: new TreeOrder(this.profile, this.tree, sort) };
    return this.#order.order;
  }

  rows(order: TreeOrder, expanded: Int32Array): OpenRows {
    const last = this.#rows;
    if (last?.order === order && isSame(last.expanded, expanded)) return last.rows;
    const isExpanded = new Set(expanded);
    const rows = openRows(order, (node) => isExpanded.has(node));
    this.#rows = { order, expanded, rows };
    return rows;
  }

  /** What a search finds; `undefined` where nothing is looked for. Throws MalformedPattern. */
  found(search: TextSearch | null): FoundInTree | undefined {
    if (!search || search.text === '') return undefined;
    const key = JSON.stringify([search.text, search.isRegex, search.matchCase]);
    if (this.#search?.key !== key) {
      const functions = searchedFunctions(this.profile, search);
      const matches = new TreeMatches(this.tree, functions);
      this.#search = { key, found: { functions, matches, weight: matchedWeight(this.#calls, functions) } };
    }
    return this.#search.found;
  }
}

export interface FoundInTree {
  /** By function: 1 where it has what is looked for. */
  readonly functions: Uint8Array;
  readonly matches: TreeMatches;
  /** Weight that has a match anywhere in its stack. */
  readonly weight: number;
}

let lastId = 0;
/** By a view's answer, which the model keeps as long as the view is among the last ones. */
const calls = new WeakMap<Viewed, CallTree>();
const trees = { down: new WeakMap<Viewed, ViewedTree>(), up: new WeakMap<Viewed, ViewedTree>() };

export function viewedTree(model: QueryModel, view: View, direction: Direction): ViewedTree {
  const viewed = model.viewed(view);
  return getOrMake(trees[direction], viewed, () => {
    const made = getOrMake(calls, viewed, () => callTree(viewed.profile, viewed.weights));
    return new ViewedTree(viewed, made, direction);
  });
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
