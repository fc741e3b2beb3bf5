import type { Kernel } from './kernel.ts';

/** What a kernel exports that makes a tree. */
export interface TreeExports extends Kernel {
  nodesInAll(): number;
  nodesInBlock(): number;
  /** Where the nodes from one on are, to the end of their block: a caller and a key each. */
  nodesFrom(first: number): number;
  roomFor(bytes: number): number;
  layOut(place: number, first: number, frames: number, firstOf: number): number;
  parentsOfStacks(): number;
  framesOfStacks(): number;
  stacksOfNodes(): number;
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

/** What nodes stand for: the frames of place p, innermost first, are `frames[first[p]]` up to `frames[first[p + 1]]`. */
export interface Layout {
  /** By node, its place; where it isn't given that is its key. */
  readonly place?: Int32Array;
  readonly first: Int32Array;
  readonly frames: Int32Array;
  /** By node, the first that has the same stack; where it isn't given, no two have. */
  readonly firstOf?: Int32Array;
}

/** Stacks by their caller and frame, in depth-first order, and the stack of each node. */
export interface LaidOut {
  readonly parent: Int32Array;
  readonly frame: Int32Array;
  readonly ofNode: Int32Array;
}

/** Lays out the stacks of a kernel's tree, all of whose places have a frame. */
export function laidOut(kernel: TreeExports, { place, first, frames, firstOf }: Layout): LaidOut {
  const given = (column: Int32Array | undefined) => {
    if (!column) return 0;
    const start = kernel.roomFor(column.byteLength);
    new Int32Array(kernel.memory.buffer, start, column.length).set(column);
    return start;
  };
  const length = kernel.layOut(given(place), given(first), given(frames), given(firstOf));
  const column = (start: number, rows: number) => new Int32Array(kernel.memory.buffer, start, rows).slice();
  return {
    parent: column(kernel.parentsOfStacks(), length),
    frame: column(kernel.framesOfStacks(), length),
    ofNode: column(kernel.stacksOfNodes(), kernel.nodesInAll()),
  };
}
