import { preorder } from './preorder.ts';
import { NONE, type StackTable } from './profile.ts';

/** Cost by key, where a key is whatever frames are grouped by: function, line, file, module. Columns are by key. */
export interface KeyTotals {
  /** Weight of samples whose innermost frame has the key. */
  readonly self: Float64Array;
  /** Weight of samples with the key anywhere in their stack; a sample counts once however often the key stands in it. */
  readonly total: Float64Array;
}

/**
 * Self and total cost of every key in one depth-first walk. `keyOfFrame[frame]` is the key of a frame, or NONE for a frame that
 * has none. A node of the tree adds its subtree's weight to its key only where no node above it has the same key: so recursion,
 * direct or mutual, and two calls on one line count once.
 */
export function keyTotals(
  stacks: StackTable,
  stackSelf: Float64Array,
  keyOfFrame: Int32Array,
  keyCount: number,
): KeyTotals {
  const self = new Float64Array(keyCount);
  const total = new Float64Array(keyCount);
  const subtree = subtreeTotals(stacks, stackSelf);
  const { order, depth, height } = preorder(stacks);
  const onPath = new Int32Array(keyCount);
  const pathKey = new Int32Array(height).fill(NONE);
  let pathLength = 0;
  for (let i = 0; i < order.length; i++) {
    const stack = order[i];
    const key = keyOfFrame[stacks.frame[stack]];
    while (pathLength > depth[stack]) {
      const left = pathKey[--pathLength];
      if (left !== NONE) onPath[left]--;
    }
    pathKey[pathLength++] = key;
    if (key === NONE) continue;
    self[key] += stackSelf[stack];
    if (onPath[key]++ === 0) total[key] += subtree[stack];
  }
  return { self, total };
}

/** By stack: its own weight and that of every stack called from it. A parent comes before its children, so this is one backward loop. */
export function subtreeTotals(stacks: StackTable, stackSelf: Float64Array): Float64Array {
  const total = stackSelf.slice();
  const { parent } = stacks;
  for (let stack = total.length - 1; stack >= 0; stack--) {
    if (parent[stack] !== NONE) total[parent[stack]] += total[stack];
  }
  return total;
}
