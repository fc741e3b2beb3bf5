import type { Family } from '../family.ts';
import { joinBytes } from '../join-bytes.ts';
import { editMessage } from './protobuf.ts';
import { messageBytes, readMessage, type Schema } from './protobuf-message.ts';

/** Fields of a record that are messages. (cmd_report_sample.proto of simpleperf) */
const RECORD: Schema = { 1: { 3: {} }, 2: {}, 3: {}, 4: {}, 5: {}, 6: {} };
const HEAD_BYTES = 12;

/** Files of `simpleperf report-sample --protobuf`: messages, each after its length, and a length of 0. */
export const simpleperf: Family = {
  name: 'messages in records',
  open(seed) {
    if (Buffer.from(seed.subarray(0, 10)).toString('latin1') !== 'SIMPLEPERF') return undefined;
    const file = Buffer.from(seed);
    const sound: Uint8Array[] = [];
    for (let at = HEAD_BYTES; at + 4 <= file.length; ) {
      const size = file.readUInt32LE(at);
      if (size === 0) break;
      sound.push(file.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
    if (sound.length === 0) return undefined;
    return (random, edits) => {
      const records = sound.slice();
      for (let edit = 0; edit < edits && records.length > 0; edit++) {
        const at = random.below(records.length);
        const kind = random.next();
        if (kind < 0.1) records.splice(at, random.few(8));
        else if (kind < 0.2) records.splice(at, 0, ...Array<Uint8Array>(random.few(32)).fill(records[at]));
        else if (kind < 0.3) records.splice(random.below(records.length), 0, ...records.splice(at, 1));
        else {
          const message = readMessage(records[at], RECORD);
          if (!message) continue;
          editMessage(message, random);
          records[at] = messageBytes(message);
        }
      }
      const parts: Uint8Array[] = [file.subarray(0, HEAD_BYTES)];
      for (const record of records) {
        const size = Buffer.alloc(4);
        size.writeUInt32LE(random.chance(0.005) ? random.below(2 ** 32) : record.length);
        parts.push(size, record);
      }
      return joinBytes(random.chance(0.05) ? parts : [...parts, new Uint8Array(4)]);
    };
  },
};
