import { joinBytes } from '../join-bytes.ts';
import { fixedNumbers, textBytes } from './numbers.ts';
import { records } from './records.ts';

/** CPU profiles of gperftools: words of eight bytes, each a record here; then the text of /proc/self/maps. */
export const words = records({
  name: 'words',
  split(file) {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    if (file.length < 40 || view.getBigUint64(0, true) !== 0n || view.getBigUint64(8, true) !== 3n) return undefined;
    const found: Uint8Array[] = [];
    let at = 40;
    // Text has no byte of 0, and a word that stands for a count or an address has one.
    while (at + 8 <= file.length && file.subarray(at, at + 8).includes(0)) {
      found.push(file.subarray(at, at + 8));
      at += 8;
    }
    return { head: file.subarray(0, 40), records: found, tail: file.subarray(at) };
  },
  join: ({ head, records, tail }) => joinBytes([head, ...records, tail]),
  sized: (record) => record,
  numbers: [fixedNumbers([8], true), fixedNumbers([8, 4], true), textBytes],
  headNumbers: [fixedNumbers([8], true)],
});
