import { Int32Column } from './column.ts';
import { IntKeyMap } from './int-key-map.ts';
import { NONE, type Profile } from './profile.ts';
import type { StackWeights } from './stack-weights.ts';

export type CallTreeNode = number;

/**
 * A call tree as columns. Node 0 is the root, which stands for the whole selection and has no frame; every other node is a
 * function called along the path of its parents. A parent comes before its children. Stacks that differ only in lines are one node.
 */
export interface CallTree {
  readonly length: number;
  /** NONE for the root only. */
  readonly parent: Int32Array;
  /** Function of the node; NONE for the root. */
  readonly function: Int32Array;
  /** A frame of the node, for its module, kind and place: the first that was met. NONE for the root. */
  readonly frame: Int32Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/** The ways on which functions are called: the nodes of a call tree, without weights. */
export interface CallPaths {
  readonly length: number;
  /** NONE for the root only, node 0. */
  readonly parent: Int32Array;
  /** Function of the node; NONE for the root. */
  readonly function: Int32Array;
  /** A frame of the node: the first that was met. NONE for the root. */
  readonly frame: Int32Array;
  /** By stack: its node; NONE for a stack that wasn't wanted. */
  readonly nodeOfStack: Int32Array;
}

/** The call tree of the selected samples: only paths that a selected sample took. Inlined calls are nodes of their own. */
export function callTree(profile: Profile, weights: StackWeights): CallTree {
  const paths = callPaths(profile, weights.touched);
  const { length, parent, function: func, frame } = paths;
  return { length, parent, function: func, frame, ...nodeCosts(paths, weights) };
}

/** The paths of the stacks for which `wanted` has a 1. A stack's parent is wanted where it is. */
export function callPaths({ stacks, frames }: Profile, wanted: Uint8Array): CallPaths {
  const nodeOfStack = new Int32Array(stacks.length).fill(NONE);
  // Nearly every stack is a node of its own, and a map that grows is filled again each time.
  const nodes = new IntKeyMap(wanted.reduce((count, touched) => count + touched, 0));
  const parent = new Int32Column(1024);
  const func = new Int32Column(1024);
  const frame = new Int32Column(1024);
  for (const column of [parent, func, frame]) column.push(NONE);
  for (let stack = 0; stack < stacks.length; stack++) {
    if (wanted[stack] === 0) continue;
    const up = stacks.parent[stack] === NONE ? 0 : nodeOfStack[stacks.parent[stack]];
    const callee = frames.function[stacks.frame[stack]];
    let node = nodes.getOrSet(up, callee, parent.length);
    if (node === -1) {
      node = parent.push(up);
      func.push(callee);
      frame.push(stacks.frame[stack]);
    }
    nodeOfStack[stack] = node;
  }
  return {
    length: parent.length,
    parent: parent.finish(),
    function: func.finish(),
    frame: frame.finish(),
    nodeOfStack,
  };
}

/** What the nodes cost by these weights. */
export function nodeCosts(
  { length, parent, nodeOfStack }: CallPaths,
  { self: ofStacks, stackless }: Pick<StackWeights, 'self' | 'stackless'>,
): Pick<CallTree, 'self' | 'total'> {
  const self = new Float64Array(length);
  for (let stack = 0; stack < nodeOfStack.length; stack++) {
    if (nodeOfStack[stack] !== NONE) self[nodeOfStack[stack]] += ofStacks[stack];
  }
  self[0] = stackless;
  const total = self.slice();
  for (let node = total.length - 1; node > 0; node--) total[parent[node]] += total[node];
  return { self, total };
}
