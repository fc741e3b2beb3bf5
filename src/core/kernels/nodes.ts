import type { Kernel } from './kernel.ts';

/** What a kernel exports that makes a tree. */
export interface TreeExports extends Kernel {
  nodesInAll(): number;
  nodesInBlock(): number;
  /** Where the nodes from one on are, to the end of their block: a caller and a key each. */
  nodesFrom(first: number): number;
}

/** By node: the node of its caller, which comes before it, or NONE; and its key. */
export interface Nodes {
  readonly caller: Int32Array;
  readonly key: Int32Array;
}

/** All nodes of a kernel's tree. */
export function nodesOf(kernel: TreeExports): Nodes {
  const count = kernel.nodesInAll();
  const block = kernel.nodesInBlock();
  const caller = new Int32Array(count);
  const key = new Int32Array(count);
  for (let first = 0; first < count; first += block) {
    const length = Math.min(block, count - first);
    const rows = new Int32Array(kernel.memory.buffer, kernel.nodesFrom(first), length * 2);
    for (let row = 0; row < length; row++) {
      caller[first + row] = rows[row * 2];
      key[first + row] = rows[row * 2 + 1];
    }
  }
  return { caller, key };
}
