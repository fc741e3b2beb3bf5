import { IntKeyMap } from '../../profile/int-key-map.ts';
import { preorder } from '../../profile/preorder.ts';
import { NONE, type StackIndex, type StackTable } from '../../profile/profile.ts';
import type { LocationTree } from './location-tree.ts';

/** A tree of locations as stacks of frames, in depth-first order: whoever goes through them meets neighbours in memory. */
export interface FrameStacks {
  readonly stacks: StackTable;
  /** By node of the tree. */
  readonly ofNode: Int32Array;
}

/** The frames of location l, innermost first, are `frames[first[l]]` up to `frames[first[l + 1]]`. */
export function frameStacks(tree: LocationTree, first: Int32Array, frames: Int32Array): FrameStacks {
  const count = tree.length;
  const most = frameCount(tree, first);
  const parents = new Int32Array(most);
  const tops = new Int32Array(most);
  let length = 0;
  const ofNode = new Int32Array(count);
  // Where no two locations have a frame in common, stacks that were different stay so, and need not be looked for.
  const known = isEachOnce(frames) ? undefined : new IntKeyMap(count);
  const callers = new Int32Array(count);
  for (let node = 0; node < count; node++) callers[node] = tree.parent(node);
  const { order } = preorder({ length: count, parent: callers, frame: callers });
  for (let at = 0; at < count; at++) {
    const node = order[at];
    const parent = callers[node];
    let stack: StackIndex = parent === NONE ? NONE : ofNode[parent];
    const here = tree.location(node);
    for (let row = first[here + 1] - 1; row >= first[here]; row--) {
      const same = known ? known.getOrSet(stack, frames[row], length) : NONE;
      if (same === NONE) {
        parents[length] = stack;
        tops[length] = frames[row];
        stack = length++;
      } else {
        stack = same;
      }
    }
    ofNode[node] = stack;
  }
  const [parent, frame] = length === most ? [parents, tops] : [parents.slice(0, length), tops.slice(0, length)];
  return { stacks: { length, parent, frame }, ofNode };
}

/** How many stacks there are when no two become one. */
function frameCount(tree: LocationTree, first: Int32Array): number {
  let count = 0;
  for (let node = 0; node < tree.length; node++) count += first[tree.location(node) + 1] - first[tree.location(node)];
  return count;
}

function isEachOnce(frames: Int32Array): boolean {
  let most = -1;
  for (const frame of frames) if (frame > most) most = frame;
  const seen = new Uint8Array(most + 1);
  for (const frame of frames) {
    if (seen[frame] === 1) return false;
    seen[frame] = 1;
  }
  return true;
}
