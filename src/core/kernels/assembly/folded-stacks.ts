// Folded stacks: texts between semicolons, outermost first, and a count. What it is asked and answers is documented where it is called:
// ../folded-stacks.ts.
import { isBlank, lineEnd, sameBytes } from './bytes';
import { beginLocations, hashBeginnings, look, lookAtNodes, nodeOfHashed } from './location-tree';
import { allocate, enlarged, release } from './memory';
import { nodesInAll } from './nodes';
import { beginPiece } from './piece';
import { addText, beginTexts, markOf, recordOf } from './texts';

export { scratchFor } from './piece';
export * from './tree';

const NONE: i32 = -1;
const LINE_END: u8 = 0x0a;
const NUMBER_SIGN: u8 = 0x23;
const SEMICOLON: u8 = 0x3b;
const ZERO: u8 = 0x30;

/** By byte: 1 where a line that begins with it isn't taken. */
let leftFirst: usize = 0;

/** Records of frames' texts, by their numbers. */
let texts: usize = 0;
let textCapacity: u32 = 0;
let textCount: u32 = 0;

/**
 * Numbers of texts, the outermost of a stack at its end: those of stacks that wait for their nodes, each below the one before, and at last those of the
 * stack at hand.
 */
let frames: usize = 0;
let frameCapacity: u32 = 0;
/** Where the next is put, behind it. */
let top: u32 = 0;
/** The last stack that was read, whose text may be that of a neighbour: where its text is and where, from there, each of its frames ends. */
let lastText: usize = 0;
let lastTextEnd: usize = 0;
let lastDepth: u32 = 0;
let lastTop: u32 = 0;
let ends: usize = 0;
let endCapacity: u32 = 0;

/** Stacks that wait for their nodes: where the frames of each begin and end, and its count. */
let waiting: usize = 0;
let waitingCount: u32 = 0;
let hashes: usize = 0;
let hashCapacity: u32 = 0;
const TOGETHER: u32 = 64;

/** By node, its row and one, or 0. */
let rowOfNode: usize = 0;
let rowOfNodeCapacity: u32 = 0;
/** Rows: the node of each, and the sum of its counts. */
let rowNodes: usize = 0;
let rowCounts: usize = 0;
let rowCapacity: u32 = 0;
let rowCount: u32 = 0;

let taken: i32 = 0;
let looked: u32 = 0;

export function begin(pieceBytes: u32, expected: u32): usize {
  leftFirst = allocate(256);
  beginTexts();
  beginLocations(expected, 0xffff_ffff);
  textCapacity = 1024;
  texts = allocate(textCapacity * 4);
  frameCapacity = 8192;
  frames = allocate(frameCapacity * 4);
  top = frameCapacity;
  endCapacity = 256;
  ends = allocate(endCapacity * 4);
  waiting = allocate(TOGETHER * 16);
  hashCapacity = 8192;
  hashes = allocate(hashCapacity * 8);
  rowOfNodeCapacity = 1024;
  rowOfNode = allocate(rowOfNodeCapacity * 4);
  rowCapacity = 1024;
  rowNodes = allocate(rowCapacity * 4);
  rowCounts = allocate(rowCapacity * 8);
  return beginPiece(pieceBytes);
}

/** Lines that begin with this byte aren't taken. */
export function leave(first: u32): void {
  store<u8>(leftFirst + first, 1);
}

export function pieceChanged(): void {
  lastDepth = 0;
}

export function take(from: usize, end: usize): usize {
  let at = from;
  taken = 0;
  while (at < end) {
    const first = load<u8>(at);
    if (first === LINE_END) {
      at++;
      taken++;
      continue;
    }
    if (first === NUMBER_SIGN || load<u8>(leftFirst + first) !== 0) break;
    const stop = lineEnd(at, end);
    if (stop === end) break;
    const next = stop + 1;
    if (!takeLine(at, stop)) break;
    at = next;
    taken++;
  }
  findNodes();
  return at;
}

export function takenLines(): i32 {
  return taken;
}

/** Takes a line that ends in a blank and a count of a few digits; false for another. */
function takeLine(start: usize, stop: usize): bool {
  let digits = stop;
  let count: f64 = 0;
  let factor: f64 = 1;
  while (digits > start) {
    const digit = load<u8>(digits - 1) - ZERO;
    if (digit > 9) break;
    count += factor * <f64>digit;
    factor *= 10;
    digits--;
  }
  if (digits === stop || stop - digits > EXACT_DIGITS || digits <= start + 1 || !isBlank(load<u8>(digits - 1)))
    return false;
  let end = digits - 1;
  while (end > start && load<u8>(end - 1) === SEMICOLON) end--;
  if (end === start) return false;
  readFrames(start, end);
  wait(count);
  return true;
}

/** A number of so many digits is exact in a double. */
const EXACT_DIGITS: usize = 15;

/** Reads a stack's text, which doesn't end in a semicolon. */
function readFrames(start: usize, end: usize): void {
  let depth: u32 = lastDepth === 0 ? 0 : sharedDepth(start, end);
  if (top < depth) enlargeFrames(depth);
  const from = lastTop;
  const own = top;
  for (let at: u32 = 1; at <= depth; at++) store<u32>(frames + (own - at) * 4, load<u32>(frames + (from - at) * 4));
  top = own - depth;
  let at = depth === 0 ? start : start + load<u32>(ends + (depth - 1) * 4) + 1;
  while (at < end) {
    const stop = textEnd(at, end);
    if (top === 0) enlargeFrames(1);
    top--;
    store<u32>(frames + top * 4, numberOf(at, stop));
    if (depth === endCapacity) {
      ends = enlarged(ends, endCapacity * 4);
      endCapacity *= 2;
    }
    store<u32>(ends + depth * 4, <u32>(stop - start));
    depth++;
    at = stop + 1;
  }
  lastText = start;
  lastTextEnd = end;
  lastDepth = depth;
  lastTop = top + depth;
}

/** Where the text of a frame ends. */
function textEnd(start: usize, end: usize): usize {
  const wanted = i8x16.splat(SEMICOLON);
  for (let at = start; at < end; at += 16) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (mask !== 0) return min(at + ctz(mask), end);
  }
  return end;
}

/** How many frames the text has in common with the last one's, from the outermost. */
function sharedDepth(start: usize, end: usize): u32 {
  const length = end - start;
  const same = <u32>sameBytes(lastText, start, min(length, lastTextEnd - lastText));
  // A frame is common where what ends it is, too: a semicolon, or the end of this text.
  const isWhole = same === <u32>length || load<u8>(start + same) === SEMICOLON;
  let depth = lastDepth;
  while (depth > 0) {
    const stop = load<u32>(ends + (depth - 1) * 4);
    if (isWhole ? stop <= same : stop < same) break;
    depth--;
  }
  return depth;
}

function numberOf(start: usize, end: usize): u32 {
  const record = recordOf(start, end, 0);
  if (record !== 0) return <u32>markOf(record);
  if (textCount === textCapacity) {
    texts = enlarged(texts, textCapacity * 4);
    textCapacity *= 2;
  }
  store<u32>(texts + textCount * 4, <u32>addText(start, end, 0, <i32>textCount));
  textCount++;
  return textCount - 1;
}

/** Makes room below for so many more frames; gives how much further up everything is then. */
function enlargeFrames(more: u32): u32 {
  const capacity = frameCapacity * 2 + more;
  const larger = allocate(<u64>capacity * 4);
  const shift = capacity - frameCapacity;
  memory.copy(larger + shift * 4, frames, frameCapacity * 4);
  release(frames, <u64>frameCapacity * 4);
  frames = larger;
  frameCapacity = capacity;
  top += shift;
  lastTop += shift;
  for (let at: u32 = 0; at < waitingCount; at++) {
    const row = waiting + at * 16;
    store<u32>(row, load<u32>(row) + shift);
    store<u32>(row, load<u32>(row, 4) + shift, 4);
  }
  return shift;
}

/** Has the stack at hand wait for its node. */
function wait(count: f64): void {
  const row = waiting + waitingCount * 16;
  store<u32>(row, top);
  store<u32>(row, top + lastDepth, 4);
  store<f64>(row, count, 8);
  waitingCount++;
  if (waitingCount === TOGETHER) findNodes();
}

/** Finds the nodes of the stacks that wait for them. */
function findNodes(): void {
  if (waitingCount === 0) return;
  const count = frameCapacity - top + waitingCount;
  if (count > hashCapacity) {
    release(hashes, <u64>hashCapacity * 8);
    hashCapacity = count * 2;
    hashes = allocate(<u64>hashCapacity * 8);
  }
  let sum: u32 = 0;
  for (let at: u32 = 0; at < waitingCount; at++)
    hashBeginnings(frames + startOf(at) * 4, frames + endOf(at) * 4, hashesOf(at));
  for (let at: u32 = 0; at < waitingCount; at++) sum += look(endOf(at) - startOf(at), hashesOf(at));
  for (let at: u32 = 0; at < waitingCount; at++) sum += lookAtNodes(endOf(at) - startOf(at), hashesOf(at));
  looked = sum;
  for (let at: u32 = 0; at < waitingCount; at++) {
    const node = nodeOfHashed(frames + startOf(at) * 4, frames + endOf(at) * 4, hashesOf(at));
    addCount(rowOf(node), load<f64>(waiting + at * 16, 8));
  }
  waitingCount = 0;
  // The last stack stays: the next may begin as it does.
  const start = lastTop - lastDepth;
  const shift = frameCapacity - lastTop;
  if (shift > 0) memory.copy(frames + (start + shift) * 4, frames + start * 4, lastDepth * 4);
  lastTop = frameCapacity;
  top = frameCapacity - lastDepth;
}

function startOf(at: u32): u32 {
  return load<u32>(waiting + at * 16);
}

function endOf(at: u32): u32 {
  return load<u32>(waiting + at * 16, 4);
}

/** Each stack has one more place for hashes than it has frames. */
function hashesOf(at: u32): usize {
  return hashes + (frameCapacity - endOf(at) + at) * 8;
}

/** The row of the samples of a stack, in no thread. */
function rowOf(node: i32): u32 {
  if (<u32>node >= rowOfNodeCapacity) {
    let capacity = rowOfNodeCapacity * 2;
    while (nodesInAll() > capacity) capacity *= 2;
    const larger = allocate(<u64>capacity * 4);
    memory.copy(larger, rowOfNode, rowOfNodeCapacity * 4);
    release(rowOfNode, <u64>rowOfNodeCapacity * 4);
    rowOfNode = larger;
    rowOfNodeCapacity = capacity;
  }
  const known = load<u32>(rowOfNode + <u32>node * 4);
  if (known !== 0) return known - 1;
  store<u32>(rowOfNode + <u32>node * 4, rowCount + 1);
  return addRow(node);
}

/** A new row, of a node or of NONE. */
export function addRow(node: i32): u32 {
  if (rowCount === rowCapacity) {
    rowNodes = enlarged(rowNodes, rowCapacity * 4);
    rowCounts = enlarged(rowCounts, rowCapacity * 8);
    rowCapacity *= 2;
  }
  store<i32>(rowNodes + rowCount * 4, node);
  rowCount++;
  return rowCount - 1;
}

export function addCount(row: u32, count: f64): void {
  const place = rowCounts + row * 8;
  store<f64>(place, load<f64>(place) + count);
}

/** The node of a text, or NONE. */
export function nodeOfText(start: usize, stop: usize): i32 {
  let end = stop;
  while (end > start && load<u8>(end - 1) === SEMICOLON) end--;
  if (end === start) return NONE;
  lastDepth = 0;
  readFrames(start, end);
  hashBeginnings(frames + top * 4, frames + lastTop * 4, hashRoom());
  const node = nodeOfHashed(frames + top * 4, frames + lastTop * 4, hashes);
  top = frameCapacity;
  lastDepth = 0;
  return node;
}

function hashRoom(): usize {
  if (lastDepth >= hashCapacity) {
    release(hashes, <u64>hashCapacity * 8);
    hashCapacity = lastDepth * 2;
    hashes = allocate(<u64>hashCapacity * 8);
  }
  return hashes;
}

/** The row of a node in no thread. */
export function rowOfKnownNode(node: i32): u32 {
  return rowOf(node);
}

export function rows(): u32 {
  return rowCount;
}

export function nodesOfRows(): usize {
  return rowNodes;
}

export function countsOfRows(): usize {
  return rowCounts;
}

export function textsInAll(): u32 {
  return textCount;
}

/** Where the record of each text is: its length in bytes, a number of no use, and its bytes. */
export function recordsOfTexts(): usize {
  return texts;
}

/** What was looked at last; of no use. */
export function lookedAt(): u32 {
  return looked;
}
