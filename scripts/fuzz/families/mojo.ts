import { joinBytes } from '../join-bytes.ts';
import { groupedNumbers, textBytes } from './numbers.ts';
import { records } from './records.ts';

/** Fields of each event: a number or a text. Of version 3, which Austin 3.4 and later write. */
const EVENTS: Readonly<Record<number, string>> = {
  1: 'tt',
  2: 'nnt',
  3: 'nnnnnnn',
  4: '',
  5: 'n',
  6: 't',
  7: '',
  8: '',
  9: 'n',
  10: 'n',
  11: 'nt',
  12: 'n',
};

/** Binary files of Austin: events without a size, of numbers in groups of seven bits and texts that a zero ends. */
export const mojo = records({
  name: 'MOJO events',
  split(file) {
    if (Buffer.from(file.subarray(0, 3)).toString('latin1') !== 'MOJ') return undefined;
    const found: Uint8Array[] = [];
    let at = 4;
    for (let start = at; at < file.length; start = at) {
      const fields = EVENTS[file[at++]];
      if (fields === undefined) break;
      for (const field of fields) {
        if (field === 't') while (at < file.length && file[at] !== 0) at++;
        else while (at < file.length && file[at] >= 0x80) at++;
        at++;
      }
      found.push(file.subarray(start, at));
    }
    return { head: file.subarray(0, 4), records: found, tail: file.subarray(at) };
  },
  join: ({ head, records, tail }) => joinBytes([head, ...records, tail]),
  sized: (record) => record,
  numbers: [
    groupedNumbers,
    groupedNumbers,
    textBytes,
    (record, _seed, random) => Buffer.concat([Uint8Array.of(random.below(20)), record.subarray(1)]),
  ],
  headNumbers: [(head, _seed, random) => (random.chance(0.9) ? head.with(3, 1 + random.below(4)) : head.with(3, 9))],
});
