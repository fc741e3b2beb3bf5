import { joinBytes } from '../join-bytes.ts';
import { fixedNumbers, textBytes } from './numbers.ts';
import { type RecordFile, records } from './records.ts';

/** perf.data, in file or pipe mode, of the byte order of most machines: records that begin with a type, a mode and their size. */
export const perfData = records({
  name: 'perf.data records',
  split(file) {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    if (file.length < 104 || Buffer.from(file.subarray(0, 8)).toString('latin1') !== 'PERFILE2') return undefined;
    const isPipe = view.getUint32(8, true) === 16;
    const start = isPipe ? 16 : view.getUint32(40, true);
    const end = isPipe ? file.length : Math.min(file.length, start + view.getUint32(48, true));
    const found: Uint8Array[] = [];
    let at = start;
    while (at + 8 <= end) {
      let size = view.getUint16(at + 6, true);
      // Tracing data follows its record and isn't counted in its size.
      if (view.getUint32(at, true) === 66 && size >= 12) size += Math.ceil(view.getUint32(at + 8, true) / 8) * 8;
      if (size < 8 || at + size > end) break;
      found.push(file.subarray(at, at + size));
      at += size;
    }
    return { head: file.subarray(0, start), records: found, tail: file.subarray(at) };
  },
  join({ head, records, tail }, sound) {
    const file = joinBytes([head, ...records, tail]);
    const isPipe = head.length === 16;
    if (isPipe || head.length < 104) return file;
    const before = length(sound.records);
    const moved = length(records) - before;
    const view = new DataView(file.buffer);
    view.setUint32(48, view.getUint32(48, true) + moved, true);
    // The places of the features are a table at the start of the tail.
    const tableAt = head.length + length(records);
    for (let at = tableAt; at + 16 <= file.length; at += 16) {
      const offset = view.getUint32(at, true);
      if (offset < head.length + before || offset > head.length + before + tail.length) break;
      view.setUint32(at, offset + moved, true);
    }
    return file;
  },
  sized(record) {
    if (record.length < 8 || record.length > 65535) return record;
    const sized = Uint8Array.from(record);
    new DataView(sized.buffer).setUint16(6, sized.length, true);
    return sized;
  },
  numbers: [
    fixedNumbers([8], true),
    fixedNumbers([8], true),
    fixedNumbers([4], true),
    fixedNumbers([1, 2], true),
    textBytes,
  ],
  headNumbers: [fixedNumbers([8, 8, 4, 1], true, 8)],
});

function length(records: RecordFile['records']): number {
  return records.reduce((sum, record) => sum + record.length, 0);
}
