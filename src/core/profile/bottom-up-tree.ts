import type { BrowsedTree } from './browsed-tree.ts';
import type { CallTree, CallTreeNode } from './call-tree.ts';
import { Float64Column, Int32Column } from './column.ts';
import { NONE } from './profile.ts';

/**
 * A call tree turned round: below the root the functions that cost something themselves, and below each who called it. A node's self is the
 * weight that nothing called further. The whole of it can be as large as all stacks spelt out, so a node's callers are looked for only when
 * someone asks for them: to open it takes as long as to walk once over the call tree.
 */
export class BottomUpTree implements BrowsedTree {
  readonly #tree: CallTree;
  readonly #limits: GrowthLimits;
  readonly #parent = new Int32Column();
  readonly #func = new Int32Column();
  readonly #self = new Float64Column();
  readonly #total = new Float64Column();
  /** By node: its entries are `#entryStart` up to `#entryEnd`. */
  readonly #entryStart = new Int32Column();
  readonly #entryEnd = new Int32Column();
  /** By node: its first child and how many there are; NONE where that isn't known yet. */
  readonly #firstChild = new Int32Column();
  readonly #childCount = new Int32Column();
  /** By entry: a node of the call tree that is one of this node's, and the one below it whose self cost counts. */
  readonly #at = new Int32Column(1024);
  readonly #origin = new Int32Column(1024);
  /** By function plus one, for a frame may have none: its child while the children of one node are found. */
  readonly #childOf: Int32Array;

  constructor(tree: CallTree, limits: GrowthLimits = LIMITS) {
    this.#tree = tree;
    this.#limits = limits;
    let last = -1;
    for (let node = 1; node < tree.length; node++) last = Math.max(last, tree.function[node]);
    this.#childOf = new Int32Array(last + 2).fill(NONE);
    this.#add(NONE, NONE);
    this.#self.set(0, tree.self[0]);
    this.#total.set(0, tree.total[0]);
    const ends = new Int32Column(1024);
    for (let node = 1; node < tree.length; node++) if (tree.self[node] !== 0) ends.push(node);
    this.#grow(0, ends, ends);
  }

  get length(): number {
    return this.#parent.length;
  }

  parent = (node: CallTreeNode) => this.#parent.at(node);
  func = (node: CallTreeNode) => this.#func.at(node);
  frame = (node: CallTreeNode) => (node === 0 ? NONE : this.#tree.frame[this.#at.at(this.#entryStart.at(node))]);
  self = (node: CallTreeNode) => this.#self.at(node);
  total = (node: CallTreeNode) => this.#total.at(node);

  hasChildren(node: CallTreeNode): boolean {
    if (this.#childCount.at(node) !== NONE) return this.#childCount.at(node) > 0;
    for (let entry = this.#entryStart.at(node); entry < this.#entryEnd.at(node); entry++) {
      if (this.#tree.parent[this.#at.at(entry)] > 0) return true;
    }
    return false;
  }

  childCount(node: CallTreeNode): number {
    if (this.#childCount.at(node) === NONE) this.#growCallers(node);
    return this.#childCount.at(node);
  }

  children(node: CallTreeNode): Int32Array {
    const children = new Int32Array(this.childCount(node));
    const first = this.#firstChild.at(node);
    for (let place = 0; place < children.length; place++) children[place] = first + place;
    return children;
  }

  growAll(): boolean {
    for (let node = 0; node < this.length; node++) {
      if (this.#childCount.at(node) !== NONE) continue;
      if (this.length > this.#limits.nodes || this.#at.length > this.#limits.entries) return false;
      this.#growCallers(node);
    }
    return true;
  }

  readonly #callers = new Int32Column();
  readonly #origins = new Int32Column();

  #growCallers(node: CallTreeNode): void {
    this.#callers.length = 0;
    this.#origins.length = 0;
    for (let entry = this.#entryStart.at(node); entry < this.#entryEnd.at(node); entry++) {
      const caller = this.#tree.parent[this.#at.at(entry)];
      if (caller === 0) continue;
      this.#callers.push(caller);
      this.#origins.push(this.#origin.at(entry));
    }
    this.#grow(node, this.#callers, this.#origins);
  }

  /** Gives a node a child for each function among `at`; entries of one child stand next to one another. */
  #grow(node: CallTreeNode, at: Int32Column, origin: Int32Column): void {
    const { function: func, self, parent } = this.#tree;
    const first = this.length;
    for (let entry = 0; entry < at.length; entry++) {
      const own = func[at.at(entry)];
      if (this.#childOf[own + 1] === NONE) this.#childOf[own + 1] = this.#add(node, own);
      const child = this.#childOf[own + 1];
      // How many there are, until it is known where they end.
      this.#entryEnd.set(child, this.#entryEnd.at(child) + 1);
    }
    let start = this.#at.length;
    for (let child = first; child < this.length; child++) {
      const count = this.#entryEnd.at(child);
      this.#entryStart.set(child, start);
      this.#entryEnd.set(child, start);
      start += count;
    }
    for (let entry = 0; entry < at.length; entry++) {
      this.#at.push(NONE);
      this.#origin.push(NONE);
    }
    for (let entry = 0; entry < at.length; entry++) {
      const child = this.#childOf[func[at.at(entry)] + 1];
      const place = this.#entryEnd.at(child);
      this.#entryEnd.set(child, place + 1);
      this.#at.set(place, at.at(entry));
      this.#origin.set(place, origin.at(entry));
      const weight = self[origin.at(entry)];
      this.#total.set(child, this.#total.at(child) + weight);
      if (parent[at.at(entry)] === 0) this.#self.set(child, this.#self.at(child) + weight);
    }
    for (let child = first; child < this.length; child++) this.#childOf[this.#func.at(child) + 1] = NONE;
    this.#firstChild.set(node, first);
    this.#childCount.set(node, this.length - first);
  }

  #add(parent: CallTreeNode, func: number): CallTreeNode {
    this.#func.push(func);
    this.#self.push(0);
    this.#total.push(0);
    this.#entryStart.push(0);
    this.#entryEnd.push(0);
    this.#firstChild.push(NONE);
    this.#childCount.push(NONE);
    return this.#parent.push(parent);
  }
}

/** How far a tree is grown without being asked for a node: some 60 MB, and about a second. */
export interface GrowthLimits {
  readonly nodes: number;
  readonly entries: number;
}

const LIMITS: GrowthLimits = { nodes: 500_000, entries: 3_000_000 };
