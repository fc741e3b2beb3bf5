// Nodes of a tree of stacks: a caller's node and a key each, numbered as they come.
import { allocate, enlarged } from './memory';

export const NONE: i32 = -1;

/** Blocks of nodes: what is in them stays where it is. */
let blocks: usize = 0;
let blockCapacity: u32 = 0;
let count: u32 = 0;

const BLOCK_BITS: u32 = 13;
const BLOCK_NODES: u32 = 1 << BLOCK_BITS;

export function beginNodes(): void {
  blockCapacity = 64;
  blocks = allocate(blockCapacity * 4);
}

/** Where a node's caller is, behind which is its key. */
export function placeOf(node: u32): usize {
  return load<u32>(blocks + (node >> BLOCK_BITS) * 4) + (node & (BLOCK_NODES - 1)) * 8;
}

export function addNode(caller: i32, key: u32): u32 {
  if ((count & (BLOCK_NODES - 1)) === 0) addBlock();
  const place = placeOf(count);
  store<i32>(place, caller);
  store<u32>(place, key, 4);
  count++;
  return count - 1;
}

function addBlock(): void {
  const block = count >> BLOCK_BITS;
  if (block === blockCapacity) {
    blocks = enlarged(blocks, blockCapacity * 4);
    blockCapacity *= 2;
  }
  store<u32>(blocks + block * 4, <u32>allocate(BLOCK_NODES * 8));
}

/** Where the nodes from this one on are, to the end of their block: a caller and a key each. */
export function nodesFrom(first: u32): usize {
  return placeOf(first);
}

/** Nodes in a block. */
export function nodesInBlock(): u32 {
  return BLOCK_NODES;
}

export function nodesInAll(): u32 {
  return count;
}

/** So many bytes, for what `layOut` is given. */
export function roomFor(bytes: u32): usize {
  return allocate(bytes);
}

/** What `layOut` made: by stack its caller's stack and its frame; by node its stack. */
let parents: usize = 0;
let tops: usize = 0;
let stackOfNode: usize = 0;

/**
 * Lays out the stacks of all nodes in depth-first order, and gives their number. `place` has the place of each node, or is 0 where that is its key;
 * the frames of place p are, innermost first, those from `first[p]` up to `first[p + 1]` of `frames`. `firstOf`, unless it is 0, has for each node
 * the first one that has the same stack.
 */
export function layOut(place: usize, first: usize, frames: usize, firstOf: usize): u32 {
  const all: u64 = <u64>count * 4;
  // Stacks of a node and of all it calls; and then where the next of those that it calls has its first.
  const below = allocate(all);
  let length: u32 = 0;
  for (let node = <i32>count - 1; node >= 0; node--) {
    if (firstOf !== 0 && load<i32>(firstOf + <usize>node * 4) !== node) continue;
    const at = placeOf(node);
    const here = first + (place === 0 ? load<u32>(at, 4) : load<u32>(place + <usize>node * 4)) * 4;
    const own = below + <usize>node * 4;
    const stacks = load<u32>(own) + load<u32>(here, 4) - load<u32>(here);
    store<u32>(own, stacks);
    const up = load<i32>(at);
    if (up === NONE) length += stacks;
    else {
      const its = below + <usize>(firstOf === 0 ? up : load<i32>(firstOf + <usize>up * 4)) * 4;
      store<u32>(its, load<u32>(its) + stacks);
    }
  }
  const parent = allocate(<u64>length * 4);
  const frame = allocate(<u64>length * 4);
  const ofNode = allocate(all);
  let nextRoot: u32 = 0;
  for (let node: u32 = 0; node < count; node++) {
    if (firstOf !== 0) {
      const same = load<u32>(firstOf + node * 4);
      if (same !== node) {
        store<u32>(ofNode + node * 4, load<u32>(ofNode + same * 4));
        continue;
      }
    }
    const at = placeOf(node);
    const up = load<i32>(at);
    const own = below + node * 4;
    let stack = nextRoot;
    if (up === NONE) {
      nextRoot += load<u32>(own);
      store<i32>(parent + stack * 4, NONE);
    } else {
      const its = below + <usize>(firstOf === 0 ? up : load<i32>(firstOf + <usize>up * 4)) * 4;
      stack = load<u32>(its);
      store<u32>(its, stack + load<u32>(own));
      store<u32>(parent + stack * 4, load<u32>(ofNode + <usize>up * 4));
    }
    const here = first + (place === 0 ? load<u32>(at, 4) : load<u32>(place + node * 4)) * 4;
    const last = load<u32>(here);
    for (let row = load<u32>(here, 4) - 1; row > last; row--) {
      store<u32>(frame + stack * 4, load<u32>(frames + row * 4));
      store<u32>(parent + stack * 4, stack, 4);
      stack++;
    }
    store<u32>(frame + stack * 4, load<u32>(frames + last * 4));
    store<u32>(ofNode + node * 4, stack);
    store<u32>(own, stack + 1);
  }
  parents = parent;
  tops = frame;
  stackOfNode = ofNode;
  return length;
}

export function parentsOfStacks(): usize {
  return parents;
}

export function framesOfStacks(): usize {
  return tops;
}

export function stacksOfNodes(): usize {
  return stackOfNode;
}
