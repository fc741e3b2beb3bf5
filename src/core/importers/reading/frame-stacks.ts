import { IntKeyMap } from '../../profile/int-key-map.ts';
import { preorder } from '../../profile/preorder.ts';
import { NONE, type StackIndex, type StackTable } from '../../profile/profile.ts';

/** A tree of places: each node's caller, which comes before it, or NONE; and its place. */
export interface PlaceTree {
  readonly caller: Int32Array;
  readonly place: Int32Array;
}

/**
 * A tree of places as stacks of frames, in depth-first order, but for those of two nodes that are one stack: whoever goes through them meets
 * neighbours in memory.
 */
export interface FrameStacks {
  readonly stacks: StackTable;
  /** By node of the tree. */
  readonly ofNode: Int32Array;
}

/** Puts stacks for nodes, in place. */
export function renumber(nodes: Int32Array, ofNode: Int32Array): void {
  for (let row = 0; row < nodes.length; row++) {
    const node = nodes[row];
    if (node !== NONE) nodes[row] = ofNode[node];
  }
}

/** The frames of place p, innermost first, are `frames[first[p]]` up to `frames[first[p + 1]]`. */
export function frameStacks(tree: PlaceTree, first: Int32Array, frames: Int32Array): FrameStacks {
  const own = ownFrames(first, frames);
  return own.includes(SHARED) ? sharedStacks(tree, first, frames, own) : ownStacks(tree, first, frames, own);
}

/** Where no two places have a frame in common: then each node has stacks of its own. */
function ownStacks({ caller, place }: PlaceTree, first: Int32Array, frames: Int32Array, own: Int32Array): FrameStacks {
  const count = caller.length;
  // Stacks of a node and of all it calls; and then where the next of those that it calls has its first.
  const below = new Int32Array(count);
  for (let node = count - 1; node >= 0; node--) {
    const here = place[node];
    below[node] += own[here] >= 0 ? 1 : first[here + 1] - first[here];
    const up = caller[node];
    if (up !== NONE) below[up] += below[node];
  }
  let length = 0;
  for (let node = 0; node < count; node++) if (caller[node] === NONE) length += below[node];
  const parent = new Int32Array(length);
  const frame = new Int32Array(length);
  const ofNode = new Int32Array(count);
  let nextRoot = 0;
  for (let node = 0; node < count; node++) {
    const up = caller[node];
    let stack = nextRoot;
    if (up === NONE) {
      nextRoot += below[node];
      parent[stack] = NONE;
    } else {
      stack = below[up];
      below[up] += below[node];
      parent[stack] = ofNode[up];
    }
    const here = place[node];
    if (own[here] >= 0) {
      frame[stack] = own[here];
    } else {
      const last = first[here];
      for (let row = first[here + 1] - 1; row > last; row--) {
        frame[stack] = frames[row];
        parent[stack + 1] = stack;
        stack++;
      }
      frame[stack] = frames[last];
    }
    ofNode[node] = stack;
    below[node] = stack + 1;
  }
  return { stacks: { length, parent, frame }, ofNode };
}

function sharedStacks(
  { caller, place }: PlaceTree,
  first: Int32Array,
  frames: Int32Array,
  ownFrame: Int32Array,
): FrameStacks {
  const count = caller.length;
  const most = frameCount(place, first);
  const parents = new Int32Array(most);
  const tops = new Int32Array(most);
  let length = 0;
  const ofNode = new Int32Array(count);
  /** By node: whether it, or a caller of it, shares a frame with another place. Only such a node's stack may be that of another node. */
  const isShared = new Uint8Array(count);
  const known = new IntKeyMap();
  const { order } = preorder({ length: count, parent: caller, frame: caller });
  for (let at = 0; at < count; at++) {
    const node = order[at];
    const up = caller[node];
    const here = place[node];
    const own = ownFrame[here];
    const isOwn = own !== SHARED && (up === NONE || isShared[up] === 0);
    let stack: StackIndex = up === NONE ? NONE : ofNode[up];
    if (!isOwn) isShared[node] = 1;
    for (let row = first[here + 1] - 1; row >= first[here]; row--) {
      const same = isOwn ? NONE : known.getOrSet(stack, frames[row], length);
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
function frameCount(place: Int32Array, first: Int32Array): number {
  let count = 0;
  for (const here of place) count += first[here + 1] - first[here];
  return count;
}

/**
 * By place: its frame, where it has one; SEVERAL where it has more. SHARED where one of its frames is another place's, too; and for all places
 * where one has no frame, for then its node's stack is its caller's.
 */
function ownFrames(first: Int32Array, frames: Int32Array): Int32Array {
  const own = new Int32Array(first.length - 1);
  let most = -1;
  for (const frame of frames) if (frame > most) most = frame;
  const times = new Int32Array(most + 1);
  for (const frame of frames) times[frame]++;
  for (let here = 0; here < own.length; here++) {
    const [start, end] = [first[here], first[here + 1]];
    if (start === end) return own.fill(SHARED);
    own[here] = end - start === 1 ? frames[start] : SEVERAL;
    for (let row = start; row < end; row++) if (times[frames[row]] > 1) own[here] = SHARED;
  }
  return own;
}

const SEVERAL = -1;
const SHARED = -2;
