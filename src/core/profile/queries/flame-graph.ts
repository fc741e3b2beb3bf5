import { type CallTree, callTree } from '../call-tree.ts';
import { invertedWeights, type WeighedStacks } from '../inverted-weights.ts';
import { NONE, type Profile, type ValueIndex, type ValueType } from '../profile.ts';
import { inRows } from '../row-order.ts';
import type { QueryModel, View, Viewed } from './query-model.ts';

/**
 * A call tree to draw, as columns that can be handed over without a copy. Node 0 is the root, which stands for everything in view;
 * nodes come row by row from there, and of the calls of one node the most expensive comes first.
 */
export interface FlameTree {
  readonly value: ValueType;
  readonly parent: Int32Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** Position in `functions`; NONE for the root. */
  readonly function: Int32Array;
  /** 1 where the call was inlined. */
  readonly inlined: Uint8Array;
  /** Position in FRAME_KINDS. */
  readonly kind: Uint8Array;
  /** Line of one of the node's frames in its function's file, 1-based; 0 where none is known. */
  readonly line: Uint32Array;
  readonly functions: FlameFunctions;
  /** Frames away from the root at which stacks were cut, where all of them would have been too much. */
  readonly cutDepth?: number;
  /** Nodes that were left out since they are too narrow; not given where none was. */
  readonly omitted?: number;
}

/** Functions that the tree names. Columns of one length. */
export interface FlameFunctions {
  /** Index in the profile, to ask on with. */
  readonly index: Int32Array;
  readonly name: readonly string[];
  readonly fullName: readonly string[];
  /** Source file as recorded, or `''`. */
  readonly file: readonly string[];
  readonly startLine: Uint32Array;
  /** Position in `modules`, or NONE. */
  readonly module: Int32Array;
  /** Paths as recorded. */
  readonly modules: readonly string[];
}

export interface FlameOptions {
  readonly view: View;
  /**
   * Turned round: the functions that were running come first, and below each who called it. A node's self is then the weight of stacks that
   * end there: that nothing called further.
   */
  readonly inverted?: boolean;
  /** Only nodes that are at least this share of the root: what can be seen at first, and is there sooner. */
  readonly leastShare?: number;
}

export function flameGraph(model: QueryModel, { view, inverted = false, leastShare = 0 }: FlameOptions): FlameTree {
  const viewed = model.viewed(view);
  const known = TREES.get(viewed);
  // The whole is asked for right after what can be seen of it.
  const tree =
    known?.inverted === inverted
      ? known.tree
      : flameTree(inverted ? invertedWeights(viewed.profile, viewed.weights) : viewed, view.value);
  TREES.set(viewed, { inverted, tree });
  return leastShare > 0 ? withoutNarrow(tree, leastShare) : tree;
}

const TREES = new WeakMap<Viewed, { readonly inverted: boolean; readonly tree: FlameTree }>();

/** The tree without nodes that are less than this share of the root, and what they call. Its nodes are in row order, and stay so. */
export function withoutNarrow(tree: FlameTree, leastShare: number): FlameTree {
  const { parent, total } = tree;
  const least = total[0] * leastShare;
  const place = new Int32Array(parent.length).fill(NONE);
  let kept = 1;
  place[0] = 0;
  for (let node = 1; node < parent.length; node++) {
    if (total[node] >= least && place[parent[node]] !== NONE) place[node] = kept++;
  }
  if (kept === parent.length) return tree;
  const nodes = new Int32Array(kept);
  for (let node = 0; node < parent.length; node++) if (place[node] !== NONE) nodes[place[node]] = node;
  return {
    ...tree,
    parent: nodes.map((node) => (node === 0 ? NONE : place[parent[node]])),
    self: Float64Array.from(nodes, (node) => tree.self[node]),
    total: Float64Array.from(nodes, (node) => total[node]),
    function: nodes.map((node) => tree.function[node]),
    inlined: Uint8Array.from(nodes, (node) => tree.inlined[node]),
    kind: Uint8Array.from(nodes, (node) => tree.kind[node]),
    line: Uint32Array.from(nodes, (node) => tree.line[node]),
    omitted: parent.length - kept,
  };
}

/** The call tree of these weights, to draw. */
export function flameTree(
  { profile, weights, cutDepth = Number.POSITIVE_INFINITY }: WeighedStacks,
  value: ValueIndex,
): FlameTree {
  const tree = inRows(drawnTree(profile, callTree(profile, weights), profile.values[value]));
  return Number.isFinite(cutDepth) ? { ...tree, cutDepth } : tree;
}

/** A call tree with what is needed to draw it, its nodes in their own order. */
export function drawnTree(profile: Profile, tree: CallTree, value: ValueType): FlameTree {
  const { frames, functions } = profile;
  const positions = new Int32Array(profile.functions.length).fill(NONE);
  const used: number[] = [];
  const own = new Int32Array(tree.length).fill(NONE);
  for (let node = 1; node < tree.length; node++) {
    const func = tree.function[node];
    if (positions[func] === NONE) positions[func] = used.push(func) - 1;
    own[node] = positions[func];
  }
  const inlined = new Uint8Array(tree.length);
  const kind = new Uint8Array(tree.length);
  const line = new Uint32Array(tree.length);
  for (let node = 1; node < tree.length; node++) {
    const frame = tree.frame[node];
    inlined[node] = frames.inlined[frame];
    kind[node] = frames.kind[frame];
    if (frames.file[frame] === functions.file[tree.function[node]]) line[node] = frames.line[frame];
  }
  return {
    value,
    parent: tree.parent,
    self: tree.self,
    total: tree.total,
    function: own,
    inlined,
    kind,
    line,
    functions: flameFunctions(profile, used),
  };
}

/** Functions of the profile, as a picture names them. */
export function flameFunctions({ functions, modules, strings }: Profile, used: readonly number[]): FlameFunctions {
  return {
    index: Int32Array.from(used),
    name: used.map((func) => strings[functions.name[func]]),
    fullName: used.map((func) => strings[functions.fullName[func]]),
    file: used.map((func) => strings[functions.file[func]]),
    startLine: Uint32Array.from(used, (func) => functions.startLine[func]),
    module: Int32Array.from(used, (func) => functions.module[func]),
    modules: Array.from({ length: modules.length }, (_, module) => strings[modules.path[module]]),
  };
}
