// Texts that were met, told apart by their bytes.

import { areEqual, hashOfAll, hashOfEnds } from './bytes';
import { allocate, release } from './memory';

/** A text is a record: its length and what it is of, in one number; its mark, whatever that is; and its bytes. */
const LENGTH: usize = 0;
const MARK: usize = 4;
const TEXT: usize = 8;
const LENGTH_BITS: u32 = (1 << 30) - 1;

/** What reading past the end of a text may touch. */
export const SLACK: usize = 16;

/** Records by the hash of their text, which is beside each; open addressing. */
let slots: usize = 0;
let slotMask: u32 = 0;
let textCount: u32 = 0;
/** Whether hashes are of all bytes: too many texts begin and end alike. */
let isThorough = false;

export function beginTexts(): void {
  slotMask = 1023;
  slots = allocate((slotMask + 1) * 8);
}

/** The record of a text of this kind, or 0. A kind is one of the numbers that bits 30 and 31 can be. */
export function recordOf(start: usize, end: usize, kind: u32): usize {
  const table = slots;
  const mask = slotMask;
  const hash = hashOf(start, end);
  let slot = hash & mask;
  while (true) {
    const record: usize = load<u32>(table + slot * 8, 4);
    if (record === 0) return 0;
    if (load<u32>(table + slot * 8) === hash && isText(record, start, end, kind)) return record;
    slot = (slot + 1) & mask;
  }
}

function isText(record: usize, start: usize, end: usize, kind: u32): bool {
  const length = end - start;
  return load<u32>(record + LENGTH) === (<u32>length | kind) && areEqual(record + TEXT, start, length);
}

function hashOf(start: usize, end: usize): u32 {
  return isThorough ? hashOfAll(start, end) : hashOfEnds(start, end);
}

export function markOf(record: usize): i32 {
  return load<i32>(record + MARK);
}

/** Makes a record of a text that has none. */
export function addText(start: usize, end: usize, kind: u32, mark: i32): usize {
  const length = end - start;
  const record = allocate(<u32>(TEXT + length + SLACK));
  store<u32>(record + LENGTH, <u32>length | kind);
  store<i32>(record + MARK, mark);
  memory.copy(record + TEXT, start, length);
  textCount++;
  if (textCount * 2 > slotMask) enlargeSlots(slotMask * 2 + 1);
  if (putRecord(record) > MOST_ALIKE && !isThorough) {
    isThorough = true;
    enlargeSlots(slotMask);
  }
  return record;
}

/** So many texts may have one hash before all of their bytes are hashed. */
const MOST_ALIKE: u32 = 16;

/** Puts a record where it is found; gives how many with its hash are met on the way. */
function putRecord(record: usize): u32 {
  const hash = hashOf(record + TEXT, record + TEXT + (load<u32>(record + LENGTH) & LENGTH_BITS));
  let alike: u32 = 0;
  let slot = hash & slotMask;
  for (; load<u32>(slots + slot * 8, 4) !== 0; slot = (slot + 1) & slotMask) {
    if (load<u32>(slots + slot * 8) === hash) alike++;
  }
  store<u32>(slots + slot * 8, hash);
  store<u32>(slots + slot * 8, <u32>record, 4);
  return alike;
}

function enlargeSlots(mask: u32): void {
  const old = slots;
  const oldEnd = slots + (slotMask + 1) * 8;
  slotMask = mask;
  slots = allocate((slotMask + 1) * 8);
  for (let at = old; at < oldEnd; at += 8) {
    const record: usize = load<u32>(at, 4);
    if (record !== 0) putRecord(record);
  }
  release(old, oldEnd - old);
}
