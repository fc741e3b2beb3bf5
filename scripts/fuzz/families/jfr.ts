import { joinBytes } from '../join-bytes.ts';
import { fixedNumbers, groupedNumbers, textBytes } from './numbers.ts';
import { records } from './records.ts';

const HEADER_BYTES = 68;

/** Flight Recorder files of one chunk: events that begin with their size; the head says where two of them are. */
export const jfr = records({
  name: 'JFR events',
  split(file) {
    if (file.length < HEADER_BYTES || Buffer.from(file.subarray(0, 4)).toString('latin1') !== 'FLR\0') return undefined;
    const found: Uint8Array[] = [];
    let at = HEADER_BYTES;
    while (at < file.length) {
      const size = isGrouped(file) ? groupedSize(file.subarray(at)).size : Buffer.from(file).readUInt32BE(at);
      if (size <= 0 || at + size > file.length) break;
      found.push(file.subarray(at, at + size));
      at += size;
    }
    return { head: file.subarray(0, HEADER_BYTES), records: found, tail: file.subarray(at) };
  },
  join({ head, records, tail }, sound) {
    const file = joinBytes([head, ...records, tail]);
    if (head.length < HEADER_BYTES) return file;
    const view = new DataView(file.buffer);
    view.setBigInt64(8, view.getBigInt64(8) + BigInt(file.length - size(sound)));
    for (const at of [16, 24]) {
      const moved = placeOf(records, sound, Number(view.getBigInt64(at)));
      if (moved !== undefined) view.setBigInt64(at, BigInt(moved));
    }
    return file;
  },
  sized(record) {
    const { bytes } = groupedSize(record);
    const rest = record.subarray(bytes);
    // In four bytes, as the JDK writes it.
    const size = rest.length + 4;
    const head = [0x80 | (size & 0x7f), 0x80 | ((size >> 7) & 0x7f), 0x80 | ((size >> 14) & 0x7f), (size >> 21) & 0x7f];
    return joinBytes([Uint8Array.from(head), rest]);
  },
  numbers: [groupedNumbers, groupedNumbers, groupedNumbers, textBytes],
  headNumbers: [fixedNumbers([8, 8, 4, 2, 1], false, 4)],
});

function isGrouped(file: Uint8Array): boolean {
  return (file[67] & 1) !== 0;
}

function groupedSize(bytes: Uint8Array): { size: number; bytes: number } {
  let [size, scale] = [0, 1];
  for (let at = 0; at < Math.min(5, bytes.length); at++, scale *= 128) {
    size += (bytes[at] & 0x7f) * scale;
    if (bytes[at] < 0x80) return { size, bytes: at + 1 };
  }
  return { size: 0, bytes: 0 };
}

function size({ head, records, tail }: { head: Uint8Array; records: readonly Uint8Array[]; tail: Uint8Array }): number {
  return records.reduce((sum, record) => sum + record.length, head.length + tail.length);
}

/** Where the event is now that was at an offset of the sound file; where it is no more, the one in its row. */
function placeOf(
  records: readonly Uint8Array[],
  sound: { readonly records: readonly Uint8Array[] },
  offset: number,
): number | undefined {
  let at = HEADER_BYTES;
  const row = sound.records.findIndex((record) => {
    at += record.length;
    return at - record.length === offset;
  });
  if (row === -1) return undefined;
  const same = records.indexOf(sound.records[row]);
  const now = same === -1 ? Math.min(row, records.length) : same;
  return records.slice(0, now).reduce((sum, record) => sum + record.length, HEADER_BYTES);
}
