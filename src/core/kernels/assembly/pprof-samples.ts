// The samples of pprof's profile.proto, and their stacks as a tree of locations. What it is asked and answers is documented where it is called:
// ../pprof-samples.ts.
import { hashBeginnings, look, lookAtNodes, nodeOfHashed } from './location-tree';
import { allocate, release } from './memory';
import {
  at,
  BYTES,
  contentEnd,
  contentStart,
  field,
  hasBroken,
  nextField,
  readFrom,
  startField,
  VARINT,
  value,
  varint,
  wire,
} from './protobuf';
import {
  addLocations,
  beginIds,
  keepLocations,
  locationCount,
  locations,
  missingHere,
  noneMissing,
} from './sample-locations';

export { beginLocations, nodeOfLocations } from './location-tree';
export { addWideId, idsStart, roomForLocations } from './sample-locations';
export * from './tree';

const NONE: i32 = -1;

/** profile.proto's number of samples in a file, and of a sample's parts. */
const SAMPLE: u32 = 2;
const LOCATIONS: u32 = 1;
const VALUES: u32 = 2;
const LABEL: u32 = 3;

let piece: usize = 0;
let pieceBytes: u32 = 0;

/** By location: what pruning does to it; 0 where nothing is pruned. */
let pruned: usize = 0;

/** Where those of the sample at hand begin. */
let firstLocation: u32 = 0;
/** Samples whose nodes aren't known yet: where the locations of each begin and end. They are the last rows. */
let waiting: usize = 0;
let waitingCount: u32 = 0;
/** Hashes of the beginnings of their stacks. */
let hashes: usize = 0;
let hashCapacity: u32 = 0;
let valueCount: u32 = 0;
let values: usize = 0;
let valuesWanted: u32 = 0;
let roundedHere: u32 = 0;

/** Samples that `take` took last: the node of each, and its values; and where labels are, with the sample that each is of. */
let rowNodes: usize = 0;
let rowValues: usize = 0;
let rowCount: u32 = 0;
let labels: usize = 0;
let labelCapacity: u32 = 0;
let labelCount: u32 = 0;

let isEnded = false;
let needed: u64 = 0;
let damaged: u32 = 0;
let incomplete: u32 = 0;
let missing: f64 = 0;
let rounded: f64 = 0;

/** So many samples are taken at once. */
const BATCH: u32 = 4096;
/** The nodes of so many are looked up together. */
const TOGETHER: u32 = 64;

/** What pruning does to a location, as frame-pruning.ts has it. */
const WHOLE: u8 = 2;

export function begin(bytes: u32, ids: u32, countedIds: u32, valuesOfEach: u32, prunedLocations: u32): void {
  pieceBytes = bytes;
  piece = allocate(bytes);
  beginIds(ids, countedIds);
  pruned = prunedLocations === 0 ? 0 : allocate(prunedLocations);
  valuesWanted = valuesOfEach;
  values = allocate(<u64>valuesOfEach * 8);
  waiting = allocate(TOGETHER * 8);
  hashCapacity = 4096;
  hashes = allocate(hashCapacity * 8);
  rowNodes = allocate(BATCH * 4);
  rowValues = allocate(<u64>BATCH * valuesOfEach * 8);
  labelCapacity = 4096;
  labels = allocate(labelCapacity * 12);
}

export function pieceStart(): usize {
  return piece;
}

/** Makes the piece larger; what is in it stays. */
export function enlargePiece(bytes: u32): usize {
  const larger = allocate(bytes);
  memory.copy(larger, piece, pieceBytes);
  release(piece, pieceBytes);
  pieceBytes = bytes;
  piece = larger;
  return piece;
}

/** Where what is pruned is put. */
export function prunedStart(): usize {
  return pruned;
}

/**
 * Takes samples from `from` on, of what is in the piece up to `end`; gives where the first field begins that isn't taken. That is for one of
 * three reasons: enough samples were taken, the field isn't in the piece as a whole (`neededBytes` says how much it takes), or the file is
 * no longer sound from there on (`hasEnded`).
 */
export function take(from: u32, end: u32): u32 {
  rowCount = 0;
  labelCount = 0;
  needed = 0;
  const stop = piece + end;
  let done = piece + from;
  while (done < stop && rowCount < BATCH) {
    readFrom(done);
    if (!startField(stop)) {
      // It may be sound, with what comes next.
      needed = <u64>(stop - done) + 1;
      isEnded = stop - done >= LONGEST_START;
      break;
    }
    if (wire === BYTES) {
      if (contentEnd > stop) {
        needed = contentEnd - done;
        break;
      }
      const next = <usize>contentEnd;
      if (field === SAMPLE) sample(contentStart, next);
      done = next;
    } else {
      if (field === SAMPLE) damaged++;
      done = at();
    }
  }
  findNodes();
  return <u32>(done - piece);
}

/** A field's number and its length, or its number's, take at most so many bytes. */
const LONGEST_START: usize = 20;

function sample(start: usize, end: usize): void {
  firstLocation = locationCount;
  valueCount = 0;
  noneMissing();
  roundedHere = 0;
  const firstLabel = labelCount;
  readFrom(start);
  let isSound = true;
  while (isSound && nextField(end)) {
    if (field === LOCATIONS) isSound = addLocations();
    else if (field === VALUES) isSound = addValues();
    else if (field === LABEL) isSound = addLabel();
  }
  if (!isSound || hasBroken() || valueCount !== valuesWanted) {
    damaged++;
    keepLocations(firstLocation);
    // Its labels were read, all the same.
    for (let label = firstLabel; label < labelCount; label++) store<i32>(labels + label * 12, NONE);
    return;
  }
  store<u32>(waiting + waitingCount * 8, unprunedFrom());
  store<u32>(waiting + waitingCount * 8, locationCount, 4);
  waitingCount++;
  memory.copy(rowValues + rowCount * valuesWanted * 8, values, valuesWanted * 8);
  rowCount++;
  rounded += roundedHere;
  if (missingHere > 0) {
    incomplete++;
    missing += missingHere;
  }
  if (waitingCount === TOGETHER) findNodes();
}

/** Finds the nodes of the samples that wait for them. */
function findNodes(): void {
  const count = locationCount + waitingCount;
  if (count > hashCapacity) {
    release(hashes, <u64>hashCapacity * 8);
    hashCapacity = count * 2;
    hashes = allocate(<u64>hashCapacity * 8);
  }
  let sum: u32 = 0;
  for (let at: u32 = 0; at < waitingCount; at++) {
    hashBeginnings(locations + startOf(at) * 4, locations + endOf(at) * 4, hashesOf(at));
  }
  for (let at: u32 = 0; at < waitingCount; at++) sum += look(endOf(at) - startOf(at), hashesOf(at));
  for (let at: u32 = 0; at < waitingCount; at++) sum += lookAtNodes(endOf(at) - startOf(at), hashesOf(at));
  looked = sum;
  for (let at: u32 = 0; at < waitingCount; at++) {
    const node = nodeOfHashed(locations + startOf(at) * 4, locations + endOf(at) * 4, hashesOf(at));
    store<i32>(rowNodes + (rowCount - waitingCount + at) * 4, node);
  }
  waitingCount = 0;
  keepLocations(0);
}

/** Kept, so that looking isn't left out for want of a result. */
let looked: u32 = 0;

function startOf(at: u32): u32 {
  return load<u32>(waiting + at * 8);
}

function endOf(at: u32): u32 {
  return load<u32>(waiting + at * 8, 4);
}

/** Each stack has one more place for hashes than it has locations. */
function hashesOf(at: u32): usize {
  return hashes + (startOf(at) + at) * 8;
}

function addValues(): bool {
  if (wire === VARINT) {
    addValue(value);
    return true;
  }
  if (wire !== BYTES) return false;
  const after = at();
  const end = <usize>contentEnd;
  readFrom(contentStart);
  while (at() < end) {
    const number = varint(end);
    if (hasBroken()) return false;
    addValue(number);
  }
  readFrom(after);
  return true;
}

function addValue(number: u64): void {
  const signed = <i64>number;
  if (signed > SAFE || signed < -SAFE) roundedHere++;
  if (valueCount < valuesWanted) store<f64>(values + valueCount * 8, <f64>signed);
  valueCount++;
}

const SAFE: i64 = (1 << 53) - 1;

function addLabel(): bool {
  if (wire !== BYTES) return false;
  if (labelCount === labelCapacity) {
    const larger = allocate(<u64>labelCapacity * 24);
    memory.copy(larger, labels, labelCapacity * 12);
    release(labels, labelCapacity * 12);
    labels = larger;
    labelCapacity *= 2;
  }
  const to = labels + labelCount * 12;
  store<u32>(to, rowCount);
  store<u32>(to, <u32>(contentStart - piece), 4);
  store<u32>(to, <u32>(<usize>contentEnd - piece), 8);
  labelCount++;
  return true;
}

/** Where the sample's stack begins when it is pruned: as `prunedStart` of frame-pruning.ts says it. */
function unprunedFrom(): u32 {
  if (pruned === 0) return firstLocation;
  let met = false;
  for (let place = <i32>locationCount - 1; place >= <i32>firstLocation; place--) {
    const how = load<u8>(pruned + load<u32>(locations + <u32>place * 4));
    if (how === 0) met = true;
    else if (met) return how === WHOLE ? place + 1 : place;
  }
  return firstLocation;
}

/** What was looked at last; of no use. */
export function lookedAt(): u32 {
  return looked;
}

export function hasEnded(): bool {
  return isEnded;
}

export function neededBytes(): f64 {
  return <f64>needed;
}

export function rows(): u32 {
  return rowCount;
}

export function nodesOfRows(): usize {
  return rowNodes;
}

/** The values of each, one behind the other. */
export function valuesOfRows(): usize {
  return rowValues;
}

export function labelsInRows(): u32 {
  return labelCount;
}

/** Of each label: its row, NONE where that is left out, and where it begins and ends in the piece. */
export function labelsOfRows(): usize {
  return labels;
}

export function damagedSamples(): u32 {
  return damaged;
}

export function incompleteSamples(): u32 {
  return incomplete;
}

export function missingFrames(): f64 {
  return missing;
}

export function roundedValues(): f64 {
  return rounded;
}
