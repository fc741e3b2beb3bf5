import { type CallTree, callTree } from '../call-tree.ts';
import { invertedWeights, type WeighedStacks } from '../inverted-weights.ts';
import { NONE, type Profile, type ValueIndex, type ValueType } from '../profile.ts';
import { inRows } from '../row-order.ts';
import type { QueryModel, View } from './query-model.ts';

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
}

export function flameGraph(model: QueryModel, { view, inverted = false }: FlameOptions): FlameTree {
  const { profile, weights } = model.viewed(view);
  return flameTree(inverted ? invertedWeights(profile, weights) : { profile, weights }, view.value);
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

function flameFunctions({ functions, modules, strings }: Profile, used: readonly number[]): FlameFunctions {
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
