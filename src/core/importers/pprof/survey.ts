import { PprofTables } from '../../kernels/pprof-tables.ts';
import { type Importer, type ImportWatch, MalformedInput } from '../importer.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import { BadProtobuf, ProtobufFile, ProtobufReader, WIRE } from '../reading/protobuf.ts';
import { CodeTables, mustBe } from './code-tables.ts';
import { PROFILE, VALUE_TYPE } from './fields.ts';
import { StringTable } from './string-table.ts';

export const FORMAT: Importer['format'] = 'pprof';

/** What a value type is called: numbers of strings. */
export interface ValueTypeFields {
  readonly type: number;
  readonly unit: number;
}

/** Everything in the file but its samples: they come before what they refer to, so they are read when all of that is known. */
export interface Survey {
  readonly strings: StringTable;
  readonly code: CodeTables;
  readonly valueTypes: readonly ValueTypeFields[];
  readonly sampleCount: number;
  /** Numbers of strings. */
  readonly dropFrames: number;
  readonly keepFrames: number;
  readonly defaultSampleType: number;
  readonly comments: readonly number[];
  /** When the recording began, in nanoseconds since 1970, which are beyond 2^53; 0 where it isn't said. */
  readonly timeNanos: bigint;
  readonly durationNanos: number;
  readonly periodType: ValueTypeFields;
  readonly period: number;
  /** What is wrong with the file as a whole, and where, in words; `''` where nothing is. */
  readonly problem: string;
  /** Messages that are no messages, and were left out. */
  readonly damaged: number;
}

type Mutable = { -readonly [Key in keyof Survey]: Survey[Key] } & {
  valueTypes: ValueTypeFields[];
  comments: number[];
};

export function survey(source: ByteSource, watch: ImportWatch): Survey {
  const file = new ProtobufFile(source, (bytesRead) => watch.progress(bytesRead));
  const found: Mutable = {
    strings: new StringTable(),
    code: new CodeTables(),
    valueTypes: [],
    sampleCount: 0,
    dropFrames: 0,
    keepFrames: 0,
    defaultSampleType: 0,
    comments: [],
    timeNanos: 0n,
    durationNanos: 0,
    periodType: { type: 0, unit: 0 },
    period: 0,
    problem: '',
    damaged: 0,
  };
  const { reader } = file;
  const inner = new ProtobufReader();
  const tables = new PprofTables(source.size, full);
  while (file.next()) {
    const { field } = reader;
    readField(found, reader, inner);
    if (field < PROFILE.sample || field > PROFILE.stringTable) continue;
    // Rows come in runs.
    const { bytes, at, end } = reader;
    const takesStrings = found.strings.length > 0;
    const taken = tables.take(bytes, at, end, file.offset, { ...found.code.known, takesStrings });
    found.sampleCount += taken.samples;
    found.code.addTaken(taken);
    found.strings.addAll(taken.strings.bytes, taken.strings.ends);
    file.goPast(taken.bytes);
  }
  if (file.problem !== '') found.problem = `${file.problem}, at byte ${file.offset}`;
  return found;
}

function readField(found: Mutable, reader: ProtobufReader, inner: ProtobufReader): void {
  if (reader.field === PROFILE.sample) {
    found.sampleCount++;
    return;
  }
  const known = FIELDS[reader.field];
  if (!known) return;
  try {
    mustBe(reader, known.wire ?? reader.wire);
    const hasContent = reader.wire === WIRE.bytes;
    if (hasContent) inner.over(reader.bytes, reader.contentStart, reader.contentEnd);
    known.read(found, hasContent ? inner : reader, hasContent);
  } catch (error) {
    if (!(error instanceof BadProtobuf)) throw error;
    found.damaged++;
  }
}

interface Field {
  /** How it has to be stored; either way where it isn't given. */
  readonly wire?: number;
  /** The reader has just read the number, or is over the content. */
  readonly read: (found: Mutable, reader: ProtobufReader, hasContent: boolean) => void;
}

const FIELDS: Readonly<Record<number, Field>> = {
  [PROFILE.sampleType]: {
    wire: WIRE.bytes,
    read: (found, reader) => {
      if (found.valueTypes.length >= MOST_VALUE_TYPES)
        throw new MalformedInput(FORMAT, `it has more than ${MOST_VALUE_TYPES} kinds of values`);
      found.valueTypes.push(valueType(reader));
    },
  },
  [PROFILE.mapping]: { wire: WIRE.bytes, read: (found, reader) => found.code.addMapping(reader) },
  [PROFILE.location]: { wire: WIRE.bytes, read: (found, reader) => found.code.addLocation(reader) },
  [PROFILE.function]: { wire: WIRE.bytes, read: (found, reader) => found.code.addFunction(reader) },
  [PROFILE.stringTable]: {
    wire: WIRE.bytes,
    read: ({ strings }, { bytes, at, end }) => {
      if (strings.length === 0 && end > at)
        throw new MalformedInput(FORMAT, 'the first of its strings is not the empty one');
      strings.add(bytes, at, end);
    },
  },
  [PROFILE.dropFrames]: number((found, value) => {
    found.dropFrames = value;
  }),
  [PROFILE.keepFrames]: number((found, value) => {
    found.keepFrames = value;
  }),
  [PROFILE.timeNanos]: {
    wire: WIRE.varint,
    read: (found, { low, high }) => {
      if (found.timeNanos !== 0n)
        throw new MalformedInput(
          FORMAT,
          'several profiles were written into it, one after another: take them apart first',
        );
      found.timeNanos = (BigInt(high) << 32n) + BigInt(low >>> 0);
    },
  },
  [PROFILE.durationNanos]: number((found, value) => {
    found.durationNanos = value;
  }),
  [PROFILE.periodType]: {
    wire: WIRE.bytes,
    read: (found, reader) => {
      found.periodType = valueType(reader);
    },
  },
  [PROFILE.period]: number((found, value) => {
    found.period = value;
  }),
  [PROFILE.comment]: {
    read: ({ comments }, reader, hasContent) => {
      if (!hasContent) {
        comments.push(reader.int64);
        return;
      }
      while (reader.at < reader.end && comments.length < MOST_COMMENTS) {
        reader.varint();
        comments.push(reader.int64);
      }
    },
  },
  [PROFILE.defaultSampleType]: number((found, value) => {
    found.defaultSampleType = value;
  }),
};

function number(set: (found: Mutable, value: number) => void): Field {
  return { wire: WIRE.varint, read: (found, reader) => set(found, reader.int64) };
}

function valueType(reader: ProtobufReader): ValueTypeFields {
  let type = 0;
  let unit = 0;
  while (reader.next()) {
    if (reader.field > VALUE_TYPE.unit) continue;
    mustBe(reader, WIRE.varint);
    if (reader.field === VALUE_TYPE.type) type = reader.int64;
    else unit = reader.int64;
  }
  return { type, unit };
}

/** Throws: a kernel needs more memory than there is. */
export function full(): never {
  throw new MalformedInput(FORMAT, 'its stacks take more memory than there is for them');
}

/** Each is a column of all samples. Heap profiles have four. */
const MOST_VALUE_TYPES = 256;
const MOST_COMMENTS = 10_000;
