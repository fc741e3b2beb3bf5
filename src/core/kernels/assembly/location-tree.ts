// A prefix tree of stacks of locations. A stack is found by hashes of its beginnings, of which a few are looked up, and not by going through the
// tree location by location: for a million stacks of 24 that is five times as fast. What a hash finds is compared; where two beginnings
// should have one hash, the tree is gone through after all.
import { mixed } from './bytes';
import { allocate, enlarged, release } from './memory';
import { addNode, beginNodes, NONE, nodesInAll, placeOf } from './nodes';
import { beginTree, nodeOf } from './stack-tree';

/** By place, which a first hash of a stack gives: a second hash, and the stack's node and one; 0 marks an empty place. */
let places: usize = 0;
let mask: u32 = 0;
/** By node, in blocks: the first hash of its stack. */
let hashBlocks: usize = 0;
let blockCapacity: u32 = 0;
let blockCount: u32 = 0;
/** Which bits of hashes count: all, but in a test. */
let hashMask: u64 = 0;
/** Hashes of the beginnings of the stack at hand, two each, by their length. */
let hashes: usize = 0;
let hashCapacity: usize = 0;
/** A hash was that of two beginnings. */
let isExact = false;

const BLOCK_BITS: u32 = 13;
const BLOCK_NODES: u32 = 1 << BLOCK_BITS;

/** `expected` is how many stacks will be asked for. */
export function beginLocations(expected: u32, bits: u32): void {
  hashMask = ((<u64>bits) << 32) | bits;
  beginNodes();
  blockCapacity = 64;
  hashBlocks = allocate(blockCapacity * 4);
  let capacity: u64 = 1024;
  while (capacity * 2 < <u64>expected * 3) capacity *= 2;
  places = allocate(capacity * 8);
  mask = <u32>(capacity - 1);
  hashCapacity = 256;
  hashes = allocate(hashCapacity * 8);
}

function hashPlaceOf(node: u32): usize {
  return load<u32>(hashBlocks + (node >> BLOCK_BITS) * 4) + (node & (BLOCK_NODES - 1)) * 4;
}

/** The node of the stack of the locations from `start` up to `end`, innermost first; NONE for an empty one. */
export function nodeOfLocations(start: usize, end: usize): i32 {
  const length = (end - start) >> 2;
  if (length >= hashCapacity) {
    release(hashes, hashCapacity * 8);
    hashCapacity = length * 2;
    hashes = allocate(<u64>hashCapacity * 8);
  }
  hashBeginnings(start, end, hashes);
  return nodeOfHashed(start, end, hashes);
}

/** Puts two hashes of each beginning of a stack, by its length, to a place: of none, which is not used, first. */
export function hashBeginnings(start: usize, end: usize, into: usize): void {
  const bits = hashMask;
  let hash: u64 = 1;
  for (let at = end - 4, to = into + 8; at >= start; at -= 4, to += 8) {
    hash = mixed(hash ^ load<u32>(at));
    store<u64>(to, hash & bits);
  }
}

/**
 * Looks where the beginnings of a stack that are looked up first would be found. What is there is in the processor's cache after that: for many
 * stacks at once it comes from memory while others are looked at, where it would be waited for, for each.
 */
export function look(length: u32, from: usize): u32 {
  let sum: u32 = 0;
  for (let depth = length; depth > 0 && depth + LOOKED > length; depth--)
    sum += load<u32>(places + (load<u32>(from + depth * 8) & mask) * 8, 4);
  return sum;
}

/** The same for the nodes that are found there. */
export function lookAtNodes(length: u32, from: usize): u32 {
  let sum: u32 = 0;
  for (let depth = length; depth > 0 && depth + LOOKED > length; depth--) {
    const node = load<u32>(places + (load<u32>(from + depth * 8) & mask) * 8, 4);
    if (node !== 0) sum += load<u32>(placeOf(node - 1));
  }
  return sum;
}

const LOOKED: u32 = 3;

/** The same as `nodeOfLocations`, with the hashes that `hashBeginnings` made. */
export function nodeOfHashed(start: usize, end: usize, from: usize): i32 {
  const length = (end - start) >> 2;
  if (length === 0) return NONE;
  if (isExact) return walked(start, end);
  // The longest beginning that is known: nearly all of the stack, as a rule.
  let known: usize = 0;
  let node: i32 = NONE;
  let unknown = length + 1;
  let step: usize = 1;
  let depth = length;
  while (known + 1 < unknown) {
    const found = foundNode(load<u32>(from + depth * 8), load<u32>(from + depth * 8, 4));
    if (found === NONE) {
      unknown = depth;
      depth = known > 0 ? (known + unknown) >> 1 : depth > step ? depth - step : 1;
      step *= 2;
    } else {
      known = depth;
      node = found;
      depth = (known + unknown) >> 1;
    }
  }
  if (!isStack(node, end - (known << 2), end)) {
    becomeExact();
    return walked(start, end);
  }
  for (depth = known + 1; depth <= length; depth++) {
    node = addNode(node, load<u32>(end - (depth << 2)));
    putHashes(load<u32>(from + depth * 8), load<u32>(from + depth * 8, 4), node);
  }
  return node;
}

/** Whether a node's stack is this one. */
function isStack(node: i32, start: usize, end: usize): bool {
  let here = node;
  for (let at = start; at < end; at += 4) {
    if (here === NONE) return false;
    const place = placeOf(here);
    if (load<u32>(place, 4) !== load<u32>(at)) return false;
    here = load<i32>(place);
  }
  return here === NONE;
}

/** From here on nodes are looked up by caller and location. */
function becomeExact(): void {
  isExact = true;
  release(places, (<u64>mask + 1) * 8);
  beginTree(nodesInAll() * 2);
}

function walked(start: usize, end: usize): i32 {
  let node: i32 = NONE;
  for (let at = end - 4; at >= start; at -= 4) node = nodeOf(node, load<u32>(at));
  return node;
}

function foundNode(a: u32, b: u32): i32 {
  const table = places;
  const bits = mask;
  let at = a & bits;
  while (true) {
    const node = load<u32>(table + at * 8, 4);
    if (node === 0) return NONE;
    if (load<u32>(table + at * 8) === b) return <i32>(node - 1);
    at = (at + 1) & bits;
  }
}

function putHashes(a: u32, b: u32, node: u32): void {
  if (nodesInAll() * 3 > mask * 2) enlargePlaces();
  if (node >> BLOCK_BITS === blockCount) addBlock();
  store<u32>(hashPlaceOf(node), a);
  put(a, b, node);
}

function addBlock(): void {
  if (blockCount === blockCapacity) {
    hashBlocks = enlarged(hashBlocks, blockCapacity * 4);
    blockCapacity *= 2;
  }
  store<u32>(hashBlocks + blockCount * 4, <u32>allocate(BLOCK_NODES * 4));
  blockCount++;
}

function put(a: u32, b: u32, node: u32): void {
  let at = a & mask;
  while (load<u32>(places + at * 8, 4) !== 0) at = (at + 1) & mask;
  store<u32>(places + at * 8, b);
  store<u32>(places + at * 8, node + 1, 4);
}

function enlargePlaces(): void {
  const old = places;
  const bytes = (<u64>mask + 1) * 8;
  places = allocate(bytes * 2);
  mask = mask * 2 + 1;
  for (let at = old; at < old + <usize>bytes; at += 8) {
    const node = load<u32>(at, 4);
    if (node !== 0) put(load<u32>(hashPlaceOf(node - 1)), load<u32>(at), node - 1);
  }
  release(old, bytes);
}
