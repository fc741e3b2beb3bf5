import type { Family } from '../family.ts';
import type { Random } from '../random.ts';
import { damaged } from './bytes.ts';
import type { NumberEdit } from './numbers.ts';

/** A file that is a head, records one after another, and perhaps something behind them. */
export interface RecordFile {
  readonly head: Uint8Array;
  readonly records: readonly Uint8Array[];
  readonly tail: Uint8Array;
}

export interface RecordFormat {
  readonly name: string;
  /** Undefined where the file is not of the format. */
  split(file: Uint8Array): RecordFile | undefined;
  /** The file of these parts, with the sizes and offsets in its head right again. */
  join(parts: RecordFile, sound: RecordFile): Uint8Array;
  /** The record with its own size right again. */
  sized(record: Uint8Array): Uint8Array;
  /** Ways to change a number in a record, or in the head, for numbers as the format writes them. */
  readonly numbers: readonly NumberEdit[];
  readonly headNumbers: readonly NumberEdit[];
}

/** Records that are missing, double, moved, longer, shorter; numbers in them that are edges, or those of others. */
export function records(format: RecordFormat): Family {
  return {
    name: format.name,
    open(seed) {
      const sound = format.split(seed);
      if (!sound || sound.records.length === 0) return undefined;
      return (random, edits) => {
        let { head, tail } = sound;
        const list = sound.records.slice();
        for (let edit = 0; edit < edits; edit++) {
          const kind = random.next();
          if (kind < 0.1) head = random.pick(format.headNumbers)(head, seed, random);
          else if (kind < 0.15 && tail.length > 0) tail = random.pick(format.numbers)(tail, seed, random);
          else if (kind < 0.4 || list.length === 0) random.pick(LIST_EDITS)(list, random);
          else editRecord(list, seed, format, random);
        }
        const parts = { head, records: list, tail };
        return format.join(parts, random.chance(0.9) ? sound : parts);
      };
    },
    parts(seed) {
      const sound = format.split(seed);
      return (
        sound && {
          count: sound.records.length,
          without: (start, end) =>
            format.join({ ...sound, records: sound.records.toSpliced(start, end - start) }, sound),
        }
      );
    },
  };
}

function editRecord(list: Uint8Array[], seed: Uint8Array, format: RecordFormat, random: Random): void {
  const at = random.below(list.length);
  const record = list[at];
  const kind = random.next();
  if (kind < 0.75) list[at] = random.pick(format.numbers)(record, seed, random);
  else if (kind < 0.85) list[at] = damaged(record, random, 1);
  else if (kind < 0.92) list[at] = record.slice(0, random.below(record.length));
  else list[at] = Buffer.concat([record, random.pick(list).subarray(0, random.few(64))]);
  // Now and then a record lies about its size.
  if (random.chance(0.85)) list[at] = format.sized(list[at]);
}

const LIST_EDITS: readonly ((list: Uint8Array[], random: Random) => void)[] = [
  (list, random) => void list.splice(random.below(list.length), random.few(32)),
  (list, random) => {
    const at = random.below(list.length);
    if (list.length > 0) list.splice(at, 0, ...Array<Uint8Array>(random.few(64)).fill(list[at]));
  },
  (list, random) => {
    const [record] = list.splice(random.below(list.length), 1);
    if (record) list.splice(random.below(list.length + 1), 0, record);
  },
  (list, random) => {
    const from = random.below(list.length);
    list.splice(random.below(list.length + 1), 0, ...list.slice(from, from + random.few(32)));
  },
];
