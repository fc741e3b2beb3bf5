// Nodes are found by their caller and key.
import { allocate, release } from './memory';
import { addNode, nodesInAll, placeOf } from './nodes';

/** Where to find a node: a node and one, or 0, and its key. */
let cells: usize = 0;
let cellMask: u32 = 0;

/** All nodes that there are can be found from here on. */
export function beginTree(expected: u32): void {
  let count: u64 = 1024;
  while (count * 2 < <u64>expected * 3) count *= 2;
  cells = allocate(count * 8);
  cellMask = <u32>(count - 1);
  putNodes();
}

/**
 * The node of a caller and a key. Callers are numbered as they come, and a caller's nodes come soon after it: a place that grows with the
 * caller's number is in the processor's cache when it is looked for. What finds none there has one anywhere.
 */
export function nodeOf(caller: i32, key: u32): i32 {
  let cell = cellOf(caller, key);
  const known = load<u32>(cell);
  if (known !== 0) return <i32>(known - 1);
  if (nodesInAll() * 3 > cellMask * 2) {
    enlargeCells();
    cell = cellOf(caller, key);
  }
  const added = addNode(caller, key);
  store<u32>(cell, added + 1);
  store<u32>(cell, key, 4);
  return added;
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

function enlargeCells(): void {
  const bytes = (<u64>cellMask + 1) * 8;
  release(cells, bytes);
  cells = allocate(bytes * 2);
  cellMask = cellMask * 2 + 1;
  putNodes();
}

function putNodes(): void {
  const count = nodesInAll();
  for (let node: u32 = 0; node < count; node++) {
    const place = placeOf(node);
    const key = load<u32>(place, 4);
    const cell = cellOf(load<i32>(place), key);
    store<u32>(cell, node + 1);
    store<u32>(cell, key, 4);
  }
}
