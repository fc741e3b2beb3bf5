import { IntKeyMap } from './int-key-map.ts';
import { type FrameIndex, NONE, type Profile } from './profile.ts';
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

/** The call tree of the selected samples: only paths that a selected sample took. Inlined calls are nodes of their own. */
export function callTree(profile: Profile, weights: StackWeights): CallTree {
  const nodes = callTreeNodes(profile, weights.touched);
  return { ...nodes, ...nodeCosts(nodes, weights) };
}

/** The nodes of a call tree without costs, and by stack its node: NONE for a stack that isn't in it. */
export interface CallTreeNodes extends Omit<CallTree, 'self' | 'total'> {
  readonly ofStack: Int32Array;
}

/** @param touched by stack: 1 where it is in the tree; then so is its parent */
export function callTreeNodes({ stacks, frames }: Profile, touched: Uint8Array): CallTreeNodes {
  const nodeOfStack = new Int32Array(stacks.length).fill(NONE);
  const nodes = new IntKeyMap(1024);
  const parent: number[] = [NONE];
  const func: number[] = [NONE];
  const frame: FrameIndex[] = [NONE];
  for (let stack = 0; stack < stacks.length; stack++) {
    if (touched[stack] === 0) continue;
    const up = stacks.parent[stack] === NONE ? 0 : nodeOfStack[stacks.parent[stack]];
    const callee = frames.function[stacks.frame[stack]];
    let node = nodes.get(up, callee);
    if (node === -1) {
      node = parent.push(up) - 1;
      func.push(callee);
      frame.push(stacks.frame[stack]);
      nodes.set(up, callee, node);
    }
    nodeOfStack[stack] = node;
  }
  return {
    length: parent.length,
    parent: Int32Array.from(parent),
    function: Int32Array.from(func),
    frame: Int32Array.from(frame),
    ofStack: nodeOfStack,
  };
}

/** What the nodes cost by these weights. */
export function nodeCosts(
  { length, parent, ofStack }: CallTreeNodes,
  { self: ofStacks, stackless }: Pick<StackWeights, 'self' | 'stackless'>,
): Pick<CallTree, 'self' | 'total'> {
  const self = new Float64Array(length);
  for (let stack = 0; stack < ofStack.length; stack++) {
    if (ofStack[stack] !== NONE) self[ofStack[stack]] += ofStacks[stack];
  }
  self[0] = stackless;
  const total = self.slice();
  for (let node = total.length - 1; node > 0; node--) total[parent[node]] += total[node];
  return { self, total };
}
