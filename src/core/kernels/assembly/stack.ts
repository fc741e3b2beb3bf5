// The sample at hand: its places, what they have in common with the sample before, and the node that they are.

import { sameBytes } from './bytes';
import { allocate, enlarged } from './memory';
import { NONE } from './nodes';
import { nodeOf } from './stack-tree';

/** By entry: its mark, which is the entry and its traits, the two halves of its address, and where it was in the sample before. */
let entries: usize = 0;
let entryCapacity: u32 = 0;

/** The sample at hand, innermost place first: marks, where their lines begin, the end of the last of them, and keys. */
let marks: usize = 0;
let starts: usize = 0;
let keys: usize = 0;
let depth: u32 = 0;
/** Whether each place is a line of the piece, and they follow one another. */
let isPlain = true;
/** The same of the sample before. */
let marksBefore: usize = 0;
let startsBefore: usize = 0;
let depthBefore: u32 = 0;
let isPlainBefore = false;
/** Keys of the sample before, outermost first, and the node of each. */
let lastKeys: usize = 0;
let lastNodes: usize = 0;
let lastCount: u32 = 0;
let capacity: u32 = 0;

export function beginStacks(): void {
  entryCapacity = 1024;
  entries = allocate(entryCapacity * 16);
  growStack(256);
}

export function addEntry(entry: u32, traits: u32, addressLow: u32, addressHigh: u32): void {
  if (entry >= entryCapacity) {
    entries = enlarged(entries, entryCapacity * 16);
    entryCapacity *= 2;
  }
  const row = entries + entry * 16;
  store<u32>(row, (entry << TRAIT_BITS) | traits);
  store<u32>(row, addressLow, 4);
  store<u32>(row, addressHigh, 8);
}

export function markOfEntry(entry: u32): i32 {
  return load<i32>(entries + entry * 16);
}

export function pieceChanged(): void {
  isPlain = false;
  isPlainBefore = false;
}

export function beginStack(): void {
  if (depth > 0) {
    for (let at: u32 = 0; at < depth; at++) {
      const entry = load<u32>(marks + at * 4) >> TRAIT_BITS;
      store<u32>(entries + entry * 16, at, 12);
    }
    const ownMarks = marks;
    const ownStarts = starts;
    marks = marksBefore;
    starts = startsBefore;
    marksBefore = ownMarks;
    startsBefore = ownStarts;
    depthBefore = depth;
    isPlainBefore = isPlain;
  }
  depth = 0;
  isPlain = true;
}

export function depthOfSample(): u32 {
  return depth;
}

export function lastEntry(): u32 {
  return load<u32>(marks + (depth - 1) * 4) >> TRAIT_BITS;
}

/** Adds a place that is no line of the piece. */
export function pushEntry(entry: u32): void {
  isPlain = false;
  push(markOfEntry(entry));
}

export function dropLast(): void {
  isPlain = false;
  depth--;
}

export function pushLine(mark: i32, start: usize, next: usize): void {
  if (depth > 0 && load<u32>(starts + depth * 4) !== <u32>start) isPlain = false;
  push(mark);
  store<u32>(starts + (depth - 1) * 4, <u32>start);
  store<u32>(starts + depth * 4, <u32>next);
}

function push(mark: i32): void {
  if (depth === capacity) growStack(capacity * 2);
  store<i32>(marks + depth * 4, mark);
  depth++;
}

/** Lines that `repeated` took, in all. */
export let repeatedLines: i32 = 0;

/**
 * After the place of this mark, at whose line's end `at` is: takes the lines that follow if they are those that followed it in the sample
 * before, byte for byte, and gives where the next one begins.
 */
export function repeated(mark: i32, at: usize, end: usize): usize {
  if (!isPlain || !isPlainBefore) return at;
  let place = load<u32>(entries + (<u32>mark >> TRAIT_BITS) * 16, 12);
  if (place >= depthBefore || load<i32>(marksBefore + place * 4) !== mark) return at;
  place++;
  const before: usize = load<u32>(startsBefore + place * 4);
  const most = load<u32>(startsBefore + depthBefore * 4) - before;
  const same = <u32>sameBytes(before, at, min(most, end - at));
  const shift = at - before;
  let next = at;
  for (; place < depthBefore; place++) {
    const stop: usize = load<u32>(startsBefore + (place + 1) * 4);
    if (stop - before > same) break;
    pushLine(load<i32>(marksBefore + place * 4), next, stop + shift);
    next = stop + shift;
    repeatedLines++;
  }
  return next;
}

function growStack(larger: u32): void {
  const old = capacity;
  marks = room(marks, old, larger);
  starts = room(starts, old + 1, larger + 1);
  keys = room(keys, old, larger);
  marksBefore = room(marksBefore, old, larger);
  startsBefore = room(startsBefore, old + 1, larger + 1);
  lastKeys = room(lastKeys, old, larger);
  lastNodes = room(lastNodes, old, larger);
  capacity = larger;
}

/** A larger place for numbers. */
function room(start: usize, count: u32, size: u32): usize {
  const larger = allocate(size * 4);
  if (start !== 0) memory.copy(larger, start, count * 4);
  return larger;
}

/** Traits of an entry. */
const KERNEL: u32 = 1;
const INTERRUPT: u32 = 2;
const INLINED: u32 = 4;
const TRAIT_BITS: u32 = 3;
/** Beside the entry, in a key. */
const CALLER: u32 = 1;
const INLINED_INTO: u32 = 2;

/** The node of the sample at hand, or NONE where it has no places. */
export function node(): i32 {
  findKeys();
  const count = depth;
  const before = lastKeys;
  const nodes = lastNodes;
  // The outermost is the last of them.
  let from = keys + (count - 1) * 4;
  let at: usize = 0;
  const common: usize = min(count, lastCount) * 4;
  while (at < common && load<u32>(before + at) === load<u32>(from)) {
    at += 4;
    from -= 4;
  }
  let current: i32 = at === 0 ? NONE : load<i32>(nodes + at - 4);
  for (const end = <usize>count * 4; at < end; at += 4, from -= 4) {
    const key = load<u32>(from);
    current = nodeOf(current, key);
    store<u32>(before + at, key);
    store<i32>(nodes + at, current);
  }
  lastCount = count;
  return current;
}

function isInlinedInto(at: u32): bool {
  if (at + 1 >= depth) return false;
  const mark = load<u32>(marks + at * 4);
  const own = entries + (mark >> TRAIT_BITS) * 16;
  const other = entries + (load<u32>(marks + (at + 1) * 4) >> TRAIT_BITS) * 16;
  return load<u32>(own, 4) === load<u32>(other, 4) && load<u32>(own, 8) === load<u32>(other, 8);
}

function findKeys(): void {
  const from = marks;
  const to = keys;
  const end: usize = depth * 4;
  let start: usize = 0;
  // Whether the next one outwards is exact whatever it is, as the innermost is; and whether it is where it is no kernel code.
  let isExact = true;
  let isExactForUser = true;
  for (let at: usize = 0; at < end; at += 4) {
    const mark = load<u32>(from + at);
    if ((mark & INLINED) !== 0 && isInlinedInto(<u32>at >> 2)) continue;
    const role: u32 = isExact || (isExactForUser && (mark & KERNEL) === 0) ? 0 : CALLER;
    for (; start < at; start += 4) store<u32>(to + start, keyOf(load<u32>(from + start), INLINED_INTO | role));
    store<u32>(to + at, keyOf(mark, role));
    start = at + 4;
    isExact = (mark & INTERRUPT) !== 0;
    isExactForUser = (mark & KERNEL) !== 0;
  }
}

function keyOf(mark: u32, role: u32): u32 {
  return ((mark >> TRAIT_BITS) << 2) | role;
}
