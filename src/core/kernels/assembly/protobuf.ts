// Messages of protocol buffers, field by field. (https://protobuf.dev/programming-guides/encoding/)

/** Where the reader is. Whoever reads sets it. */
let position: usize = 0;
/** What isn't sound makes this true; whoever reads has to look. */
let isBroken = false;

/** The field that `nextField` found: its number and how it is stored; its number, where it is one; else where its content is. */
export let field: u32 = 0;
export let wire: u32 = 0;
export let value: u64 = 0;
export let contentStart: usize = 0;
export let contentEnd: u64 = 0;

export const VARINT: u32 = 0;
export const BYTES: u32 = 2;
const FIXED_64: u32 = 1;
const FIXED_32: u32 = 5;

export function readFrom(start: usize): void {
  position = start;
  isBroken = false;
}

export function at(): usize {
  return position;
}

export function hasBroken(): bool {
  return isBroken;
}

/** The number that is next, of up to ten bytes. */
export function varint(end: usize): u64 {
  let place = position;
  if (place < end) {
    const byte = load<u8>(place);
    if (byte < 0x80) {
      position = place + 1;
      return byte;
    }
  }
  let number: u64 = 0;
  for (let shift: u64 = 0; shift < 70 && place < end; shift += 7) {
    const byte = load<u8>(place++);
    number |= (<u64>(byte & 0x7f)) << shift;
    if (byte < 0x80) {
      position = place;
      return number;
    }
  }
  isBroken = true;
  return 0;
}

/** Goes to the next field, of whose content nothing need be there, nor is skipped. False where there's none, or it isn't sound. */
export function startField(end: usize): bool {
  if (position >= end) return false;
  const tag = varint(end);
  wire = <u32>tag & 7;
  field = <u32>tag >>> 3;
  if (isBroken || field === 0 || tag >> 32 !== 0) return broken();
  if (wire === VARINT) value = varint(end);
  else if (wire === BYTES) {
    const length = varint(end);
    contentStart = position;
    contentEnd = <u64>position + length;
    if (contentEnd < length) return broken();
  } else if (wire === FIXED_64) skip(8, end);
  else if (wire === FIXED_32) skip(4, end);
  else isBroken = true;
  return !isBroken;
}

/** The same for a field all of which has to be there. */
export function nextField(end: usize): bool {
  if (!startField(end)) return false;
  if (wire !== BYTES) return true;
  if (contentEnd > end) return broken();
  position = <usize>contentEnd;
  return true;
}

function broken(): bool {
  isBroken = true;
  return false;
}

function skip(length: usize, end: usize): void {
  if (length > end - position) isBroken = true;
  else position += length;
}
