// The samples of perf's text: lines that were met before are told apart by their bytes, and stacks by the lines they are made of. What it is
// asked and answers is documented where it is called: ../perf-stacks.ts.

import { isBlank, lineEnd } from './bytes';
import { allocate, enlarged } from './memory';
import { beginNodes, NONE } from './nodes';
import { beginPiece } from './piece';
import { beginStack, beginStacks, dropLast, markOfEntry, node, pushLine, repeated, repeatedLines } from './stack';
import { beginTree } from './stack-tree';
import { addText, beginTexts, markOf, recordOf } from './texts';
import {
  eventEnd,
  eventStart,
  hasCpu,
  isUsualHeader,
  period as periodOfHeader,
  threadEnd,
  threadStart,
  timeNs as timeOfHeader,
} from './usual-header';

export { scratchFor } from './piece';
export { addEntry, depthOfSample, dropLast, lastEntry, pieceChanged, pushEntry } from './stack';
export * from './tree';

/** What texts are of. The mark of a place is that of its entry, or NONE where it is no place after all. */
const PLACE: u32 = 0;
/** Its mark: twice the thread, and one where a processor follows. */
const THREAD: u32 = 1 << 30;
/** Its mark: twice the event, and one where its samples don't count. */
const EVENT: u32 = 2 << 30;

const TAB: u8 = 0x09;
const SPACE: u8 = 0x20;
const LINE_END: u8 = 0x0a;
const RETURN: u8 = 0x0d;
const NUMBER_SIGN: u8 = 0x23;

/** Whether there is a sample at hand; what its header says; whether its only place is on that. */
let isOpen = false;
let isSingle = false;
let thread: i32 = NONE;
let eventMark: u32 = 0;
let timeNs: f64 = NaN;
let period: f64 = NaN;
/** Whether a blank line ended any sample. */
let endsWithBlanks = false;

/** Samples: the node of each, its thread, its event, its time and its period. */
let rowNodes: usize = 0;
let rowThreads: usize = 0;
let rowEvents: usize = 0;
let rowTimes: usize = 0;
let rowPeriods: usize = 0;
let rowCapacity: u32 = 0;
let rowCount: u32 = 0;

/** Lines that `take` took last. */
let taken: i32 = 0;

export function begin(pieceBytes: u32, expectedNodes: u32): usize {
  beginTexts();
  beginStacks();
  beginNodes();
  beginTree(expectedNodes);
  rowCapacity = 1024;
  rowNodes = allocate(rowCapacity * 4);
  rowThreads = allocate(rowCapacity * 4);
  rowEvents = allocate(rowCapacity * 4);
  rowTimes = allocate(rowCapacity * 8);
  rowPeriods = allocate(rowCapacity * 8);
  return beginPiece(pieceBytes);
}

export function take(from: usize, end: usize): usize {
  let at = from;
  taken = 0;
  const before = repeatedLines;
  while (at < end) {
    const first = load<u8>(at);
    let next = at;
    if (first === TAB) next = isOpen && !isSingle ? afterPlaces(at, end) : at;
    else if (first === LINE_END) next = afterBlankLine(at);
    else if (first !== NUMBER_SIGN && (first !== SPACE || !isOpen)) next = afterHeader(at, end);
    if (next === at) break;
    at = next;
  }
  taken += repeatedLines - before;
  return at;
}

function afterPlaces(from: usize, end: usize): usize {
  let at = from;
  while (at < end && load<u8>(at) === TAB) {
    let start = at + 1;
    while (start < end && isBlank(load<u8>(start))) start++;
    const stop = lineEnd(start, end);
    if (stop === end) break;
    const record = recordOf(start, stop, PLACE);
    if (record === 0) break;
    const mark = markOf(record);
    if (mark === NONE) break;
    pushLine(mark, at, stop + 1);
    taken++;
    at = repeated(mark, stop + 1, end);
  }
  return at;
}

function afterBlankLine(at: usize): usize {
  endByBlank();
  taken++;
  return at + 1;
}

/** Ends the sample at hand, which a blank line follows. */
export function endByBlank(): void {
  if (isOpen) endsWithBlanks = true;
  endSample();
}

function afterHeader(at: usize, end: usize): usize {
  const stop = lineEnd(at, end);
  if (stop === end || load<u8>(stop - 1) === RETURN || !isUsualHeader(at, stop)) return at;
  const name = recordOf(threadStart, threadEnd, THREAD);
  if (name === 0 || (<u32>markOf(name) & 1) !== (hasCpu ? 1 : 0)) return at;
  const event = recordOf(eventStart, eventEnd, EVENT);
  if (event === 0) return at;
  endSample();
  openSample(markOf(name) >> 1, <u32>markOf(event), timeOfHeader, periodOfHeader);
  taken++;
  return stop + 1;
}

/**
 * Says which thread and event a header's line is of, whose thread's name ends at `ofThread` and whose event's begins at `ofEvent`, so that
 * others with the same names are known: where it has the usual form.
 */
export function learnHeader(
  start: usize,
  stop: usize,
  ofThread: usize,
  ofEvent: usize,
  knownThread: i32,
  knownEvent: u32,
): void {
  if (!isUsualHeader(start, stop) || ofThread !== threadEnd || ofEvent !== eventStart) return;
  if (recordOf(threadStart, threadEnd, THREAD) === 0)
    addText(threadStart, threadEnd, THREAD, (knownThread << 1) | (hasCpu ? 1 : 0));
  if (recordOf(eventStart, eventEnd, EVENT) === 0) addText(eventStart, eventEnd, EVENT, <i32>knownEvent);
}

export function openSample(ofThread: i32, ofEvent: u32, time: f64, weight: f64): void {
  isOpen = true;
  isSingle = false;
  thread = ofThread;
  eventMark = ofEvent;
  timeNs = time;
  period = weight;
  beginStack();
}

export function endSample(): void {
  if (!isOpen) return;
  isOpen = false;
  if ((eventMark & 1) !== 0) return;
  if (rowCount === rowCapacity) growRows();
  store<i32>(rowNodes + rowCount * 4, node());
  store<i32>(rowThreads + rowCount * 4, thread);
  store<u32>(rowEvents + rowCount * 4, eventMark >> 1);
  store<f64>(rowTimes + rowCount * 8, timeNs);
  store<f64>(rowPeriods + rowCount * 8, period);
  rowCount++;
}

function growRows(): void {
  rowNodes = enlarged(rowNodes, rowCapacity * 4);
  rowThreads = enlarged(rowThreads, rowCapacity * 4);
  rowEvents = enlarged(rowEvents, rowCapacity * 4);
  rowTimes = enlarged(rowTimes, rowCapacity * 8);
  rowPeriods = enlarged(rowPeriods, rowCapacity * 8);
  rowCapacity *= 2;
}

export function dropSample(): void {
  isOpen = false;
}

export function hasSample(): bool {
  return isOpen;
}

export function setSingle(): void {
  isSingle = true;
}

export function dropSingle(): void {
  isSingle = false;
  dropLast();
}

export function hasSingle(): bool {
  return isSingle;
}

export function hasBlankEnds(): bool {
  return endsWithBlanks;
}

export function samples(): u32 {
  return rowCount;
}

/** Where a column of the samples is, in the order of those above. */
export function columnOfSamples(column: u32): usize {
  if (column === 0) return rowNodes;
  if (column === 1) return rowThreads;
  if (column === 2) return rowEvents;
  return column === 3 ? rowTimes : rowPeriods;
}

export function takenLines(): i32 {
  return taken;
}

/** The mark of a place's text; NOT_MET where it is new. */
export function markOfPlace(start: usize, end: usize): i32 {
  const record = recordOf(start, end, PLACE);
  return record === 0 ? NOT_MET : markOf(record);
}

const NOT_MET: i32 = -2;

/** Says which entry a place's text, a new one, is of; NONE where it is of none. */
export function learnPlace(start: usize, end: usize, entry: i32): void {
  addText(start, end, PLACE, entry === NONE ? NONE : markOfEntry(entry));
}
