import { laidOut, type Nodes, nodesOf, type TreeExports } from '../../kernels/nodes.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { preorder } from '../../profile/preorder.ts';
import { NONE, type StackIndex, type StackTable } from '../../profile/profile.ts';

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

/**
 * The stacks of a kernel's tree. The frames of place p, innermost first, are `frames[first[p]]` up to `frames[first[p + 1]]`; `place` is that of each
 * node, its key where it isn't given. `nodes` are those of the tree, where they are at hand.
 */
export function frameStacks(
  kernel: TreeExports,
  first: Int32Array,
  frames: Int32Array,
  place?: Int32Array,
  nodes?: Nodes,
): FrameStacks {
  const sharing = sharingPlaces(first, frames);
  if (sharing === 'several') return sharedStacks(nodes ?? nodesOf(kernel), first, frames, place);
  const firstOf = sharing === 'none' ? undefined : firstNodes(nodes ?? nodesOf(kernel), first, frames, sharing, place);
  const { parent, frame, ofNode } = laidOut(kernel, { place, first, frames, firstOf });
  return { stacks: { length: parent.length, parent, frame }, ofNode };
}

/** The first node that has the same stack, where the only frame of each of some places may be that of others, too. */
function firstNodes(
  { caller, key }: Nodes,
  first: Int32Array,
  frames: Int32Array,
  shares: Uint8Array,
  place = key,
): Int32Array {
  const firstOf = new Int32Array(caller.length);
  /** By node: whether its place, or that of a caller, shares its frame. Only such a node's stack may be that of another node. */
  const isShared = new Uint8Array(caller.length);
  const known = new IntKeyMap();
  for (let node = 0; node < firstOf.length; node++) {
    const up = caller[node];
    firstOf[node] = node;
    if (shares[place[node]] === 0 && (up === NONE || isShared[up] === 0)) continue;
    isShared[node] = 1;
    // Where a place has several frames, none is shared: the first stands for all.
    const same = known.getOrSet(up === NONE ? NONE : firstOf[up], frames[first[place[node]]], node);
    if (same !== NONE) firstOf[node] = same;
  }
  return firstOf;
}

/** The same where a place shares one of several frames, or has none: stacks are looked up. */
function sharedStacks({ caller, key }: Nodes, first: Int32Array, frames: Int32Array, place = key): FrameStacks {
  const count = caller.length;
  const most = frameCount(place, first);
  const parents = new Int32Array(most);
  const tops = new Int32Array(most);
  let length = 0;
  const ofNode = new Int32Array(count);
  const known = new IntKeyMap(count);
  const { order } = preorder({ length: count, parent: caller, frame: caller });
  for (let at = 0; at < count; at++) {
    const node = order[at];
    let stack: StackIndex = caller[node] === NONE ? NONE : ofNode[caller[node]];
    const here = place[node];
    for (let row = first[here + 1] - 1; row >= first[here]; row--) {
      const same = known.getOrSet(stack, frames[row], length);
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
 * Which places share their only frame with another place: 1 for those, by place. `none` where no two do; `several` where one shares one of
 * several frames, or has none, so that its node's stack is its caller's.
 */
function sharingPlaces(first: Int32Array, frames: Int32Array): Uint8Array | 'none' | 'several' {
  let most = -1;
  for (let row = 0; row < frames.length; row++) if (frames[row] > most) most = frames[row];
  const times = new Int32Array(most + 1);
  for (let row = 0; row < frames.length; row++) times[frames[row]]++;
  const shares = new Uint8Array(first.length - 1);
  let areAny = false;
  for (let here = 0; here < shares.length; here++) {
    const start = first[here];
    const end = first[here + 1];
    if (start === end) return 'several';
    for (let row = start; row < end; row++) {
      if (times[frames[row]] === 1) continue;
      if (end - start > 1) return 'several';
      shares[here] = 1;
      areAny = true;
    }
  }
  return areAny ? shares : 'none';
}
