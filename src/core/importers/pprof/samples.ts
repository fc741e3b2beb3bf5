import { NONE, type SampleTable } from '../../profile/profile.ts';
import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import { BadProtobuf, badProtobuf, ProtobufFile, ProtobufReader, WIRE } from '../reading/protobuf.ts';
import { mustBe } from './code-tables.ts';
import { PROFILE, SAMPLE } from './fields.ts';
import { prunedStart } from './frame-pruning.ts';
import type { IdTable } from './id-table.ts';
import type { LabelList, LabelSets } from './label-sets.ts';
import type { LocationTree } from './location-tree.ts';

export interface Samples {
  /** Their stacks are nodes of the tree. */
  readonly samples: SampleTable;
  /** Samples that are no messages, or have not one value of each kind: left out. */
  readonly damaged: number;
  /** Samples with locations that aren't in the file, and how many such frames were left out. */
  readonly incomplete: number;
  readonly missingFrames: number;
  /** Values beyond 2^53. */
  readonly rounded: number;
}

/** Reads the samples, now that what they refer to is known. */
export class SampleReader {
  readonly #ids: IdTable;
  readonly #tree: LocationTree;
  /** By location: what pruning does to it; `undefined` where nothing is pruned. */
  readonly #pruned: Uint8Array | undefined;
  readonly #labels: LabelSets;
  readonly #columns: Float64Array[];
  readonly #stack: Int32Array;
  readonly #thread: Int32Array;
  readonly #set: Int32Array;
  readonly #time: Float64Array;
  #length = 0;
  #locations = new Int32Array(1024);
  #locationCount = 0;
  #missingHere = 0;
  readonly #values: Float64Array;
  #valueCount = 0;
  #roundedHere = 0;
  #damaged = 0;
  #incomplete = 0;
  #missingFrames = 0;
  #rounded = 0;

  /** `most` is how many samples there can be. */
  constructor(
    ids: IdTable,
    tree: LocationTree,
    pruned: Uint8Array | undefined,
    labels: LabelSets,
    valueCount: number,
    most: number,
  ) {
    this.#ids = ids;
    this.#tree = tree;
    this.#pruned = pruned;
    this.#labels = labels;
    this.#columns = Array.from({ length: valueCount }, () => new Float64Array(most));
    this.#values = new Float64Array(valueCount);
    this.#stack = new Int32Array(most);
    this.#thread = new Int32Array(most);
    this.#set = new Int32Array(most);
    this.#time = new Float64Array(most);
  }

  read(source: ByteSource, watch: ImportWatch): Samples {
    const file = new ProtobufFile(source, (bytesRead) => watch.progress(bytesRead));
    const reader = new ProtobufReader();
    while (file.next()) {
      if (file.reader.field !== PROFILE.sample) continue;
      try {
        mustBe(file.reader, WIRE.bytes);
        this.#sample(reader.over(file.reader.bytes, file.reader.contentStart, file.reader.contentEnd));
      } catch (error) {
        if (!(error instanceof BadProtobuf)) throw error;
        this.#damaged++;
      }
    }
    const length = this.#length;
    const cut = <T extends Int32Array | Float64Array>(column: T) =>
      column.length === length ? column : (column.slice(0, length) as T);
    return {
      samples: {
        length,
        stack: cut(this.#stack),
        thread: cut(this.#thread),
        time: cut(this.#time),
        labels: cut(this.#set),
        weights: this.#columns.map(cut),
      },
      damaged: this.#damaged,
      incomplete: this.#incomplete,
      missingFrames: this.#missingFrames,
      rounded: this.#rounded,
    };
  }

  #sample(reader: ProtobufReader): void {
    this.#locationCount = 0;
    this.#missingHere = 0;
    this.#valueCount = 0;
    this.#roundedHere = 0;
    let list: LabelList = NONE;
    let time = Number.NaN;
    while (reader.next()) {
      if (reader.field === SAMPLE.location) this.#addLocations(reader);
      else if (reader.field === SAMPLE.value) this.#addValues(reader);
      else if (reader.field === SAMPLE.label) {
        mustBe(reader, WIRE.bytes);
        const { bytes, contentStart, contentEnd } = reader;
        const labelTime = this.#labels.timeOf(bytes, contentStart, contentEnd);
        if (Number.isNaN(labelTime)) list = this.#labels.with(list, bytes, contentStart, contentEnd);
        else time = labelTime;
      }
    }
    if (this.#valueCount !== this.#values.length || this.#length === this.#stack.length) {
      this.#damaged++;
      return;
    }
    const row = this.#length++;
    const start = this.#pruned ? prunedStart(this.#locations, this.#locationCount, this.#pruned) : 0;
    this.#stack[row] = this.#tree.nodeOf(this.#locations, start, this.#locationCount);
    this.#thread[row] = this.#labels.threadOf(list);
    this.#set[row] = this.#labels.setOf(list);
    this.#time[row] = time;
    for (let value = 0; value < this.#columns.length; value++) this.#columns[value][row] = this.#values[value];
    this.#rounded += this.#roundedHere;
    if (this.#missingHere > 0) {
      this.#incomplete++;
      this.#missingFrames += this.#missingHere;
    }
  }

  #addLocations(reader: ProtobufReader): void {
    if (reader.wire !== WIRE.bytes) {
      mustBe(reader, WIRE.varint);
      this.#reserve(1);
      this.#addLocation(reader.low, reader.high);
      return;
    }
    const { bytes, contentEnd } = reader;
    const { small, counted } = this.#ids;
    this.#reserve(contentEnd - reader.contentStart);
    const locations = this.#locations;
    const after = reader.at;
    const end = reader.end;
    reader.end = contentEnd;
    let count = this.#locationCount;
    for (let at = reader.contentStart; at < contentEnd; ) {
      // Ids of up to three bytes, which nearly all are, without a call. What the bytes beyond the end give is never used.
      let id = bytes[at++];
      if (id >= 0x80) {
        let byte = bytes[at++];
        id = (id & 0x7f) | ((byte & 0x7f) << 7);
        if (byte >= 0x80) {
          byte = bytes[at++];
          id |= byte << 14;
          if (byte >= 0x80) {
            reader.at = at - 3;
            reader.varint();
            at = reader.at;
            this.#locationCount = count;
            this.#addLocation(reader.low, reader.high);
            count = this.#locationCount;
            continue;
          }
        }
      }
      if (at > contentEnd) throw badProtobuf('a number is cut short');
      const row = id <= counted ? id : id < small.length ? small[id] : 0;
      if (row !== 0) locations[count++] = row - 1;
      else {
        this.#locationCount = count;
        this.#addLocation(id, 0);
        count = this.#locationCount;
      }
    }
    this.#locationCount = count;
    reader.at = after;
    reader.end = end;
  }

  #addLocation(low: number, high: number): void {
    const row = this.#ids.find(low, high);
    if (row === NONE) this.#missingHere++;
    else this.#locations[this.#locationCount++] = row;
  }

  #addValues(reader: ProtobufReader): void {
    if (reader.wire !== WIRE.bytes) {
      mustBe(reader, WIRE.varint);
      this.#addValue(reader.int64);
      return;
    }
    const { at, end } = reader;
    reader.at = reader.contentStart;
    reader.end = reader.contentEnd;
    while (reader.at < reader.end) {
      reader.varint();
      this.#addValue(reader.int64);
    }
    reader.at = at;
    reader.end = end;
  }

  #addValue(value: number): void {
    if (!Number.isSafeInteger(value)) this.#roundedHere++;
    if (this.#valueCount < this.#values.length) this.#values[this.#valueCount] = value;
    this.#valueCount++;
  }

  /** Has room for so many more locations. */
  #reserve(more: number): void {
    const needed = this.#locationCount + more;
    if (needed <= this.#locations.length) return;
    const larger = new Int32Array(Math.max(needed, this.#locations.length * 2));
    larger.set(this.#locations);
    this.#locations = larger;
  }
}
