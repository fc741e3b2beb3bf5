// A tree of stacks: nodes of a caller and a key, each of which there is once.
import { allocate, enlarged, release } from './memory';

export const NONE: i32 = -1;

/** Blocks of nodes, which are a caller's node and a key each: what is in them stays where it is. */
let blocks: usize = 0;
let blockCapacity: u32 = 0;
let nodeCount: u32 = 0;
/** Where to find a node by its caller and key: a node and one, or 0, and its key. */
let cells: usize = 0;
let cellMask: u32 = 0;

const BLOCK_BITS: u32 = 16;
const BLOCK_NODES: u32 = 1 << BLOCK_BITS;

export function beginTree(expected: u32): void {
  blockCapacity = 64;
  blocks = allocate(blockCapacity * 4);
  let count: u64 = 1024;
  while (count * 2 < <u64>expected * 3) count *= 2;
  cells = allocate(count * 8);
  cellMask = <u32>(count - 1);
}

/** Where a node's caller is, behind which is its key. */
function placeOf(known: u32): usize {
  return load<u32>(blocks + (known >> BLOCK_BITS) * 4) + (known & (BLOCK_NODES - 1)) * 8;
}

/**
 * The node of a caller and a key. Callers are numbered as they come, and a caller's nodes come soon after it: a place that grows with the
 * caller's number is in the processor's cache when it is looked for. What finds none there has one anywhere.
 */
export function nodeOf(caller: i32, key: u32): i32 {
  let cell = cellOf(caller, key);
  const known = load<u32>(cell);
  if (known !== 0) return <i32>(known - 1);
  if (nodeCount * 3 > cellMask * 2) {
    enlargeCells();
    cell = cellOf(caller, key);
  }
  if ((nodeCount & (BLOCK_NODES - 1)) === 0) addBlock();
  const place = placeOf(nodeCount);
  store<i32>(place, caller);
  store<u32>(place, key, 4);
  putNode(cell, nodeCount);
  nodeCount++;
  return <i32>nodeCount - 1;
}

function addBlock(): void {
  const block = nodeCount >> BLOCK_BITS;
  if (block === blockCapacity) {
    blocks = enlarged(blocks, blockCapacity * 4);
    blockCapacity *= 2;
  }
  store<u32>(blocks + block * 4, <u32>allocate(BLOCK_NODES * 8));
}

const NEAR_BITS: u32 = 10;
const NEAR_PROBES: u32 = 8;

function cellOf(caller: i32, key: u32): usize {
  const table = cells;
  const mask = cellMask;
  let hash: u32 = key * 0x9e3779b1;
  let place = (<u32>caller * 2 + (hash >> (32 - NEAR_BITS))) & mask;
  for (let probe: u32 = 0; probe < NEAR_PROBES; probe++) {
    const cell = table + place * 8;
    if (load<u32>(cell) === 0 || isNode(cell, caller, key)) return cell;
    place = (place + 1) & mask;
  }
  hash ^= <u32>caller * 0x85ebca6b;
  hash ^= hash >> 15;
  hash *= 0x2c1b3c6d;
  hash ^= hash >> 13;
  place = hash & mask;
  // Places near each other may all be taken: from one to the next it would be a long way out of there.
  const step = (hash >> 16) | 1;
  while (true) {
    const cell = table + place * 8;
    if (load<u32>(cell) === 0 || isNode(cell, caller, key)) return cell;
    place = (place + step) & mask;
  }
}

function isNode(cell: usize, caller: i32, key: u32): bool {
  return load<u32>(cell, 4) === key && load<i32>(placeOf(load<u32>(cell) - 1)) === caller;
}

function putNode(cell: usize, known: u32): void {
  store<u32>(cell, known + 1);
  store<u32>(cell, load<u32>(placeOf(known), 4), 4);
}

function enlargeCells(): void {
  const bytes = (<u64>cellMask + 1) * 8;
  release(cells, bytes);
  cells = allocate(bytes * 2);
  cellMask = cellMask * 2 + 1;
  for (let known: u32 = 0; known < nodeCount; known++) {
    const place = placeOf(known);
    putNode(cellOf(load<i32>(place), load<u32>(place, 4)), known);
  }
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
  return nodeCount;
}
