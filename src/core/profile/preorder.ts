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
  const firstChild = new Int32Array(length).fill(NONE);
  const nextSibling = new Int32Array(length).fill(NONE);
  let firstRoot = NONE;
  let height = 0;
  for (let stack = 0; stack < length; stack++) {
    const up = parent[stack];
    depth[stack] = up === NONE ? 0 : depth[up] + 1;
    if (depth[stack] >= height) height = depth[stack] + 1;
  }
  for (let stack = length - 1; stack >= 0; stack--) {
    const up = parent[stack];
    if (up === NONE) {
      nextSibling[stack] = firstRoot;
      firstRoot = stack;
    } else {
      nextSibling[stack] = firstChild[up];
      firstChild[up] = stack;
    }
  }
  const order = new Int32Array(length);
  let met = 0;
  let at = firstRoot;
  while (at !== NONE) {
    order[met++] = at;
    if (firstChild[at] !== NONE) {
      at = firstChild[at];
      continue;
    }
    while (at !== NONE && nextSibling[at] === NONE) at = parent[at];
    if (at !== NONE) at = nextSibling[at];
  }
  const result = { order, depth, height };
  known.set(stacks, result);
  return result;
}
