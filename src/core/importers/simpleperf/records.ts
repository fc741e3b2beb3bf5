import { MalformedInput } from '../importer.ts';
import { type ByteSource, readBytes } from '../reading/byte-source.ts';
import { ProtoBroken, ProtoFields } from './proto-fields.ts';

export const SIMPLEPERF = 'simpleperf';

/**
 * Gives each record's field and message: "SIMPLEPERF", a version of 16 bits, then records of a length of 32 bits and a message `Record`,
 * until a length of 0. Says whether that was reached. (simpleperf/cmd_report_sample.proto of Android's platform/system/extras)
 */
export function eachRecord(
  source: ByteSource,
  take: (field: number, message: ProtoFields, bytes: Uint8Array) => void,
  progress: (offset: number) => void,
): boolean {
  const head = readBytes(source, 0, FIRST_RECORD);
  if (head.length < FIRST_RECORD) throw new MalformedInput(SIMPLEPERF, 'it ends before its first record', head.length);
  const version = head[10] | (head[11] << 8);
  if (version !== 1) throw new MalformedInput(SIMPLEPERF, `its version is ${version}, known is 1`, 10);
  let told = 0;
  for (let offset = FIRST_RECORD; ; ) {
    const field = readBytes(source, offset, 4);
    if (field.length < 4) return false;
    const size = (field[0] | (field[1] << 8) | (field[2] << 16) | (field[3] << 24)) >>> 0;
    if (size === 0) return true;
    if (size > source.size - offset - 4) return false;
    if (size > MOST_RECORD_BYTES) throw new MalformedInput(SIMPLEPERF, `a record of ${size} bytes`, offset);
    const bytes = readBytes(source, offset + 4, size);
    try {
      const record = new ProtoFields(bytes);
      while (record.next()) take(record.field, record.message(), bytes);
    } catch (error) {
      if (error instanceof ProtoBroken) throw new MalformedInput(SIMPLEPERF, `a record has ${error.message}`, offset);
      throw error;
    }
    offset += 4 + size;
    if (offset - told > 1 << 22) {
      told = offset;
      progress(offset);
    }
  }
}

const FIRST_RECORD = 12;
/** A file's symbols are one record. */
const MOST_RECORD_BYTES = 1 << 29;
