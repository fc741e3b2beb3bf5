// Locations, functions and strings of pprof's profile.proto. What it is asked and answers is documented where it is called: ../pprof-tables.ts.
import { allocate } from './memory';
import { at, BYTES, contentStart, field, hasBroken, nextField, readFrom, VARINT, value, wire } from './protobuf';

/** profile.proto's numbers of parts of a file, of a location, of its lines, and of a function. */
const SAMPLE: u32 = 2;
const LOCATION: u32 = 4;
const FUNCTION: u32 = 5;
const STRING: u32 = 6;
const ID: u32 = 1;
const MAPPING: u32 = 2;
const ADDRESS: u32 = 3;
const LINES: u32 = 4;
const IS_FOLDED: u32 = 5;
const LINE_COLUMN: u32 = 3;
const START_LINE: u32 = 5;

/** So many rows of each kind are taken at once. */
const BATCH: u32 = 4096;

let samples: u32 = 0;
/** Columns of BATCH numbers each: mappings' ids, lower and upper halves of addresses, and first lines. */
let locations: usize = 0;
let locationCount: u32 = 0;
/** The same: functions' ids, lines, columns. */
let lines: usize = 0;
let lineCount: u32 = 0;
/** The same: what strings names, names of systems and files are, and first lines. */
let functions: usize = 0;
let functionCount: u32 = 0;
/** Where strings end in `strings`, where they stand one behind the other. */
let stringEnds: usize = 0;
let stringCount: u32 = 0;
let strings: usize = 0;
let stringBytes: u32 = 0;

/** The numbers of the message at hand, by their fields. */
let parts: usize = 0;

export function begin(pieceBytes: u32): usize {
  locations = allocate(BATCH * 4 * 4);
  lines = allocate(BATCH * 3 * 4);
  functions = allocate(BATCH * 4 * 4);
  stringEnds = allocate(BATCH * 4);
  strings = allocate(pieceBytes);
  parts = allocate((START_LINE + 1) * 8);
  return allocate(pieceBytes);
}

/**
 * Takes fields from `from` up to `end`, and gives where the first begins that isn't taken. Ids of locations and functions have to count from those given,
 * and lines begin with the number given.
 */
export function take(from: usize, end: usize, location: u32, line: u32, func: u32, takesStrings: bool): usize {
  samples = 0;
  locationCount = 0;
  lineCount = 0;
  functionCount = 0;
  stringCount = 0;
  stringBytes = 0;
  let done = from;
  readFrom(from);
  while (nextField(end)) {
    if (wire !== BYTES) break;
    const start = contentStart;
    const stop = at();
    if (field === SAMPLE) samples++;
    else if (field === LOCATION) {
      if (!takeLocation(start, stop, location + locationCount, line)) break;
    } else if (field === FUNCTION) {
      if (!takeFunction(start, stop, func + functionCount)) break;
    } else if (field === STRING && takesStrings) {
      if (!takeString(start, stop)) break;
    } else break;
    done = stop;
    readFrom(stop);
  }
  return done;
}

function takeLocation(start: usize, stop: usize, id: u32, firstLine: u32): bool {
  if (locationCount === BATCH) return false;
  const ownLines = lineCount;
  memory.fill(parts, 0, (IS_FOLDED + 1) * 8);
  readFrom(start);
  while (nextField(stop)) {
    if (field === LINES) {
      const after = at();
      if (wire !== BYTES || !takeLine(contentStart, after)) return withoutLines(ownLines);
      readFrom(after);
    } else if (field <= IS_FOLDED) {
      if (wire !== VARINT) return withoutLines(ownLines);
      store<u64>(parts + field * 8, value);
    }
  }
  const mapping = part(MAPPING);
  if (hasBroken() || part(ID) !== id || id === 0 || mapping > MOST) return withoutLines(ownLines);
  const row = locations + locationCount * 4;
  store<u32>(row, <u32>mapping);
  store<u64>(parts, part(ADDRESS));
  store<u32>(row, load<u32>(parts), BATCH * 4);
  store<u32>(row, load<u32>(parts, 4), BATCH * 8);
  store<u32>(row, firstLine + ownLines, BATCH * 12);
  locationCount++;
  return true;
}

function withoutLines(count: u32): bool {
  lineCount = count;
  return false;
}

function takeLine(start: usize, stop: usize): bool {
  if (lineCount === BATCH) return false;
  let func: u64 = 0;
  let line: u64 = 0;
  let column: u64 = 0;
  readFrom(start);
  while (nextField(stop)) {
    if (field > LINE_COLUMN) continue;
    if (wire !== VARINT) return false;
    if (field === LINE_COLUMN) column = value;
    else if (field === ID) func = value;
    else line = value;
  }
  if (hasBroken() || (func | line | column) > MOST) return false;
  const row = lines + lineCount * 4;
  store<u32>(row, <u32>func);
  store<u32>(row, <u32>line, BATCH * 4);
  store<u32>(row, <u32>column, BATCH * 8);
  lineCount++;
  return true;
}

function takeFunction(start: usize, stop: usize, id: u32): bool {
  if (functionCount === BATCH) return false;
  memory.fill(parts, 0, (START_LINE + 1) * 8);
  readFrom(start);
  while (nextField(stop)) {
    if (field > START_LINE) continue;
    if (wire !== VARINT) return false;
    store<u64>(parts + field * 8, value);
  }
  if (hasBroken() || part(ID) !== id || id === 0) return false;
  let row = functions + functionCount * 4;
  for (let number = ID + 1; number <= START_LINE; number++) {
    if (part(number) > MOST) return false;
    store<u32>(row, <u32>part(number));
    row += BATCH * 4;
  }
  functionCount++;
  return true;
}

function part(number: u32): u64 {
  return load<u64>(parts + number * 8);
}

/** Larger numbers are not taken. */
const MOST: u64 = 0x7fff_ffff;

function takeString(start: usize, stop: usize): bool {
  if (stringCount === BATCH) return false;
  const length = <u32>(stop - start);
  memory.copy(strings + stringBytes, start, length);
  stringBytes += length;
  store<u32>(stringEnds + stringCount * 4, stringBytes);
  stringCount++;
  return true;
}

export function takenSamples(): u32 {
  return samples;
}

export function takenLocations(): u32 {
  return locationCount;
}

export function takenLines(): u32 {
  return lineCount;
}

export function takenFunctions(): u32 {
  return functionCount;
}

export function takenStrings(): u32 {
  return stringCount;
}

export function columnOfLocations(column: u32): usize {
  return locations + column * BATCH * 4;
}

export function columnOfLines(column: u32): usize {
  return lines + column * BATCH * 4;
}

export function columnOfFunctions(column: u32): usize {
  return functions + column * BATCH * 4;
}

export function endsOfStrings(): usize {
  return stringEnds;
}

export function bytesOfStrings(): usize {
  return strings;
}
