// Locations of samples, by their ids in the file.
import { allocate, release } from './memory';
import { at, BYTES, contentEnd, contentStart, hasBroken, readFrom, VARINT, value, varint, wire } from './protobuf';
import { addText, beginTexts, markOf, recordOf } from './texts';

/** By small id: the location's row and one, or 0. */
let rowOfId: usize = 0;
let smallIds: u32 = 0;
/** Ids up to this one are of the rows before them: no table is needed. */
let counted: u32 = 0;
/** Larger ids, as texts. */
let wideId: usize = 0;
let hasWide = false;

/** Rows of locations, innermost first: those of the samples whose nodes aren't known yet, and those of the sample at hand. */
export let locations: usize = 0;
let locationCapacity: u32 = 0;
export let locationCount: u32 = 0;
/** Ids of the sample at hand that no location has. */
export let missingHere: u32 = 0;

/** So many small ids there are; those up to `countedIds` are of the rows before them. */
export function beginIds(ids: u32, countedIds: u32): void {
  smallIds = ids;
  counted = countedIds;
  rowOfId = allocate(<u64>ids * 4);
  locationCapacity = 1024;
  locations = allocate(locationCapacity * 4);
}

/** Where the rows of small ids are put. */
export function idsStart(): usize {
  return rowOfId;
}

/** An id beyond the small ones. */
export function addWideId(low: u32, high: u32, row: i32): void {
  if (!hasWide) {
    hasWide = true;
    beginTexts();
    wideId = allocate(16);
  }
  store<u32>(wideId, low);
  store<u32>(wideId, high, 4);
  addText(wideId, wideId + 8, 0, row);
}

/** Leaves so many locations. */
export function keepLocations(count: u32): void {
  locationCount = count;
}

export function noneMissing(): void {
  missingHere = 0;
}

/** Adds those of the field at hand; false where it isn't sound. */
export function addLocations(): bool {
  if (wire === VARINT) {
    addLocation(value);
    return true;
  }
  if (wire !== BYTES) return false;
  const after = at();
  const end = <usize>contentEnd;
  let place = contentStart;
  if (end - place <= MOST_AT_ONCE) {
    reserve(locationCount + <u32>(end - place));
    place = afterUsualIds(place, end);
  }
  readFrom(place);
  while (at() < end) {
    const id = varint(end);
    if (hasBroken()) return false;
    addLocation(id);
  }
  readFrom(after);
  return true;
}

/**
 * Takes ids of up to three bytes that are counted or small, which nearly all are, up to the first that isn't or may go on behind the end; gives
 * where that is. What it works with is in variables of its own: at first, code that uses others is slow.
 */
function afterUsualIds(start: usize, end: usize): usize {
  const table = rowOfId;
  const tableIds = smallIds;
  const plain = counted;
  const first = locations + locationCount * 4;
  let to = first;
  let place = start;
  while (place + 3 <= end) {
    let id: u32 = load<u8>(place);
    let length: usize = 1;
    if (id >= 0x80) {
      const second: u32 = load<u8>(place, 1);
      id = (id & 0x7f) | ((second & 0x7f) << 7);
      length = 2;
      if (second >= 0x80) {
        const third: u32 = load<u8>(place, 2);
        if (third >= 0x80) break;
        id |= third << 14;
        length = 3;
      }
    }
    if (id > plain) id = id < tableIds ? load<u32>(table + id * 4) : 0;
    if (id === 0) break;
    store<u32>(to, id - 1);
    to += 4;
    place += length;
  }
  locationCount += <u32>(to - first) >> 2;
  return place;
}

/** For so many locations room is made beforehand. */
const MOST_AT_ONCE: usize = 1 << 20;

function addLocation(id: u64): void {
  let row: i32 = 0;
  if (id < smallIds) row = load<i32>(rowOfId + <usize>id * 4);
  if (row === 0) row = rowOfWide(id);
  if (row === 0) {
    missingHere++;
    return;
  }
  if (locationCount === locationCapacity) reserve(locationCount + 1);
  store<i32>(locations + locationCount * 4, row - 1);
  locationCount++;
}

/** The row of a large id, and one; or 0. */
function rowOfWide(id: u64): i32 {
  if (!hasWide) return 0;
  store<u64>(wideId, id);
  const record = recordOf(wideId, wideId + 8, 0);
  return record === 0 ? 0 : markOf(record) + 1;
}

/** Has room for so many locations. */
function reserve(count: u32): void {
  if (count <= locationCapacity) return;
  const capacity = max(count, locationCapacity * 2);
  const larger = allocate(<u64>capacity * 4);
  memory.copy(larger, locations, locationCapacity * 4);
  release(locations, locationCapacity * 4);
  locations = larger;
  locationCapacity = capacity;
}

/** Room for so many locations, which `nodeOfLocations` can be asked for. */
export function roomForLocations(count: u32): usize {
  reserve(count);
  return locations;
}
