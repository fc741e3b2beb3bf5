import { HEAD_BYTES } from '../importer.ts';
import { BadProtobuf, ProtobufReader, WIRE } from '../reading/protobuf.ts';
import { PROFILE, SAMPLE } from './fields.ts';

/**
 * Whether bytes are the beginning of a profile.proto message. It has no signature, so every field in view has to be one of its fields,
 * stored as that one is, its messages too; and it has to say what its values are, or begin with the table of its strings, which begins
 * with the empty one.
 */
export function isPprof(head: Uint8Array): boolean {
  const isWhole = head.length < HEAD_BYTES;
  const reader = new ProtobufReader().over(head, 0, head.length);
  const inner = new ProtobufReader();
  let fields = 0;
  let strings = 0;
  let isCertain = false;
  for (;;) {
    if (isCertain && fields === ENOUGH_FIELDS) return true;
    const at = reader.at;
    try {
      if (!reader.next()) break;
    } catch (error) {
      if (!(error instanceof BadProtobuf)) throw error;
      // The last field goes beyond the head, or is cut off; it has to begin as a field does.
      if (!isCertain || fields >= MANY_FIELDS) return isCertain;
      return fields >= LEAST_FIELDS ? isCutField(head, at, isWhole) : isCutSample(head, at, inner);
    }
    const wires = WIRES[reader.field];
    if (!wires?.includes(reader.wire)) return isCertain && fields >= MANY_FIELDS;
    fields++;
    if (reader.wire !== WIRE.bytes) continue;
    const { contentStart, contentEnd } = reader;
    if (reader.field === PROFILE.stringTable) {
      if (strings++ === 0 && contentEnd > contentStart) return false;
      if (fields === 2 && strings === 2) isCertain = true;
      continue;
    }
    const members = MEMBERS[reader.field];
    if (!members) continue;
    const count = memberCount(inner.over(head, contentStart, contentEnd), members);
    if (count === undefined) return isCertain && fields > MANY_FIELDS;
    if (reader.field === PROFILE.sampleType && count > 0) isCertain = true;
  }
  return isCertain && fields >= LEAST_FIELDS;
}

/** A sample type and something more: one short message of small numbers may be anything. */
const LEAST_FIELDS = 2;
/** After so many that are sound, one that isn't is damage, or of a later version. */
const MANY_FIELDS = 8;
/** After so many there is no doubt. */
const ENOUGH_FIELDS = 64;

/** How each field may be stored; both ways for repeated numbers, be they packed or not. */
const WIRES: Readonly<Record<number, readonly number[]>> = {
  [PROFILE.sampleType]: [WIRE.bytes],
  [PROFILE.sample]: [WIRE.bytes],
  [PROFILE.mapping]: [WIRE.bytes],
  [PROFILE.location]: [WIRE.bytes],
  [PROFILE.function]: [WIRE.bytes],
  [PROFILE.stringTable]: [WIRE.bytes],
  [PROFILE.dropFrames]: [WIRE.varint],
  [PROFILE.keepFrames]: [WIRE.varint],
  [PROFILE.timeNanos]: [WIRE.varint],
  [PROFILE.durationNanos]: [WIRE.varint],
  [PROFILE.periodType]: [WIRE.bytes],
  [PROFILE.period]: [WIRE.varint],
  [PROFILE.comment]: [WIRE.varint, WIRE.bytes],
  [PROFILE.defaultSampleType]: [WIRE.varint],
  [PROFILE.docUrl]: [WIRE.varint],
};

const NUMBER = [WIRE.varint];
const MESSAGE = [WIRE.bytes];
const NUMBERS = [WIRE.varint, WIRE.bytes];

/** How the fields of each message may be stored, by number less one. */
const MEMBERS: Readonly<Record<number, readonly (readonly number[])[]>> = {
  [PROFILE.sampleType]: [NUMBER, NUMBER],
  [PROFILE.sample]: [NUMBERS, NUMBERS, MESSAGE],
  [PROFILE.mapping]: Array.from({ length: 10 }, () => NUMBER),
  [PROFILE.location]: [NUMBER, NUMBER, NUMBER, MESSAGE, NUMBER],
  [PROFILE.function]: Array.from({ length: 5 }, () => NUMBER),
  [PROFILE.periodType]: [NUMBER, NUMBER],
};

/** How many fields a message has; `undefined` where one isn't of it. */
function memberCount(reader: ProtobufReader, members: readonly (readonly number[])[]): number | undefined {
  let count = 0;
  try {
    while (reader.next()) {
      if (!members[reader.field - 1]?.includes(reader.wire)) return undefined;
      count++;
    }
  } catch (error) {
    if (!(error instanceof BadProtobuf)) throw error;
    return undefined;
  }
  return count;
}

/** Whether what starts at `at` is a sample whose list of locations goes beyond the head: the stack is tens of thousands of frames deep. */
function isCutSample(head: Uint8Array, at: number, reader: ProtobufReader): boolean {
  reader.over(head, at, head.length);
  const sampleEnd = endOfField(reader, PROFILE.sample);
  const listEnd = endOfField(reader, SAMPLE.location);
  return listEnd > head.length && listEnd <= sampleEnd;
}

/** Where the next field ends, which need not be there; NaN where that isn't the field that is meant, with a length. */
function endOfField(reader: ProtobufReader, field: number): number {
  try {
    reader.start();
  } catch (error) {
    if (!(error instanceof BadProtobuf)) throw error;
    return Number.NaN;
  }
  return reader.field === field && reader.wire === WIRE.bytes ? reader.contentEnd : Number.NaN;
}

/** Whether what starts at `at`, and ends beyond the head, is one of the profile's fields with a length. */
function isCutField(head: Uint8Array, at: number, isWhole: boolean): boolean {
  const tag = head[at];
  if (tag >= 0x80) return false;
  const isKnown = WIRES[tag >> 3]?.includes(tag & 7) === true;
  return isKnown && ((tag & 7) === WIRE.bytes || isWhole || head.length - at < 10);
}
