import { NONE, type StackTable } from './profile.ts';

/** Stacks in depth-first order: each is followed by everything it called before its next sibling comes. */
export interface Preorder {
  /** `order[i]` is the i-th stack met. */
  readonly order: Int32Array;
  /** Depth by stack index; an outermost frame has depth 0. */
  readonly depth: Int32Array;
  /** Largest depth plus one; 0 where there are no stacks. */
  readonly height: number;
}

const known = new WeakMap<StackTable, Preorder>();

/** The depth-first order of a prefix tree of stacks, worked out once per table. O(stacks), no recursion. */
export function preorder(stacks: StackTable): Preorder {
  const cached = known.get(stacks);
  if (cached) return cached;
  const { length, parent } = stacks;
  const depth = new Int32Array(length);
  let height = 0;
  for (let stack = 0; stack < length; stack++) {
    const up = parent[stack];
    depth[stack] = up === NONE ? 0 : depth[up] + 1;
    if (depth[stack] >= height) height = depth[stack] + 1;
  }
  const order = isInOrder(parent, depth, height) ? upTo(length) : ordered(stacks);
  const result = { order, depth, height };
  known.set(stacks, result);
  return result;
}

/** Whether stacks are in depth-first order already: an importer may have put them so. */
function isInOrder(parent: Int32Array, depth: Int32Array, height: number): boolean {
  const path = new Int32Array(height);
  for (let stack = 0, most = 0; stack < depth.length; stack++) {
    const at = depth[stack];
    if (at > most || (at > 0 && path[at - 1] !== parent[stack])) return false;
    path[at] = stack;
    most = at + 1;
  }
  return true;
}

function upTo(length: number): Int32Array {
  const numbers = new Int32Array(length);
  for (let at = 0; at < length; at++) numbers[at] = at;
  return numbers;
}

/** Stacks in depth-first order. */
function ordered({ length, parent }: StackTable): Int32Array {
  const size = new Int32Array(length).fill(1);
  for (let stack = length - 1; stack >= 0; stack--) if (parent[stack] !== NONE) size[parent[stack]] += size[stack];
  // A stack takes the next place after its parent that no earlier sibling's subtree takes.
  const order = new Int32Array(length);
  const nextPlace = new Int32Array(length);
  let nextRoot = 0;
  for (let stack = 0; stack < length; stack++) {
    const up = parent[stack];
    let place = nextRoot;
    if (up === NONE) {
      nextRoot += size[stack];
    } else {
      place = nextPlace[up];
      nextPlace[up] += size[stack];
    }
    order[place] = stack;
    nextPlace[stack] = place + 1;
  }
  return order;
}
