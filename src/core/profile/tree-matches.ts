import type { BrowsedTree } from './browsed-tree.ts';
import type { CallTreeNode } from './call-tree.ts';
import type { TreeOrder } from './tree-order.ts';

/** Nodes of some functions in a tree, counted, so that one steps from one to the next in any order without sorting the whole tree. */
export class TreeMatches {
  readonly count: number;
  /** Whether the tree is larger than what was searched. */
  readonly isCut: boolean;
  readonly #isMatch: Uint8Array;
  /** By node: how many match among it and everything below it. */
  readonly #below: Int32Array;

  /** @param isMatch by function */
  constructor(tree: BrowsedTree, isMatch: Uint8Array) {
    this.isCut = !tree.growAll();
    this.#isMatch = isMatch;
    this.#below = new Int32Array(tree.length);
    for (let node = tree.length - 1; node > 0; node--) {
      if (isMatch[tree.func(node)] === 1) this.#below[node]++;
      this.#below[tree.parent(node)] += this.#below[node];
    }
    this.count = this.#below[0];
  }

  /** How many matches stand above a node. */
  rank(order: TreeOrder, node: CallTreeNode): number {
    let rank = 0;
    for (let at = node; at > 0; ) {
      const parent = order.tree.parent(at);
      for (const sibling of order.children(parent)) {
        if (sibling === at) break;
        rank += this.#count(sibling);
      }
      rank += this.#own(order, parent);
      at = parent;
    }
    return rank;
  }

  /** The match that so many stand above. */
  at(order: TreeOrder, rank: number): CallTreeNode {
    let node: CallTreeNode = 0;
    let left = rank;
    for (;;) {
      const own = this.#own(order, node);
      if (own > left) return node;
      left -= own;
      let next = -1;
      for (const child of order.children(node)) {
        if (left < this.#count(child)) {
          next = child;
          break;
        }
        left -= this.#count(child);
      }
      if (next === -1) throw new RangeError(`match ${rank} was asked for; there are ${this.count}`);
      node = next;
    }
  }

  /** The rank of the next match below a node or above it, round the end. */
  step(order: TreeOrder, from: CallTreeNode, step: 1 | -1): number {
    const rank = this.rank(order, from);
    const next = step === 1 ? rank + this.#own(order, from) : rank - 1;
    return (next + this.count) % this.count;
  }

  /** Nodes that a tree has grown later weren't searched. */
  #count(node: CallTreeNode): number {
    return node < this.#below.length ? this.#below[node] : 0;
  }

  #own({ tree }: TreeOrder, node: CallTreeNode): number {
    return node > 0 && node < this.#below.length && this.#isMatch[tree.func(node)] === 1 ? 1 : 0;
  }
}
