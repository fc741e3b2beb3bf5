import type { Label, ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { type LabelSetIndex, NONE, type ThreadIndex } from '../../profile/profile.ts';
import { ByteInterner } from '../reading/byte-interner.ts';
import { BadProtobuf, ProtobufReader, WIRE } from '../reading/protobuf.ts';
import { mustBe } from './code-tables.ts';
import { LABEL } from './fields.ts';
import type { StringTable } from './string-table.ts';
import { splitLabels } from './thread-labels.ts';

/** A list of labels, in the order of the file; NONE is the empty one. */
export type LabelList = number;

/** The threads and label sets that samples are tagged with. A label is decoded once, however many samples have it. */
export class LabelSets {
  /** Numbers beyond 2^53. */
  rounded = 0;
  /** Labels that are no messages. */
  damaged = 0;
  /** What times count from, in nanoseconds since 1970: the first that was met. */
  timeBase: bigint | undefined;
  readonly #builder: ProfileBuilder;
  readonly #strings: StringTable;
  readonly #timeKeys: Set<number>;
  readonly #reader = new ProtobufReader();
  readonly #interner = new ByteInterner();
  readonly #labels: (Label | undefined)[] = [];
  /** By list: the list without its last label, and that label. */
  readonly #before = new Int32Column();
  readonly #last = new Int32Column();
  readonly #listOf = new IntKeyMap();
  readonly #threads = new Int32Column();
  readonly #sets = new Int32Column();
  readonly #isKnown = new Int32Column();

  constructor(builder: ProfileBuilder, strings: StringTable) {
    this.#builder = builder;
    this.#strings = strings;
    this.#timeKeys = strings.indicesOf(TIME_KEYS);
  }

  /** The time that a label gives, in nanoseconds after `timeBase`; NaN for one that is something else. */
  timeOf(bytes: Uint8Array, start: number, end: number): number {
    if (this.#timeKeys.size === 0) return Number.NaN;
    const fields = this.#fields(bytes, start, end);
    if (fields?.text !== 0 || !(fields.number > 0) || !this.#timeKeys.has(fields.key)) return Number.NaN;
    // Nanoseconds since 1970 are beyond 2^53; those of one profile lie close to one another.
    const time = (BigInt(fields.high) << 32n) + BigInt(fields.low >>> 0);
    this.timeBase ??= time;
    return Number(time - this.timeBase);
  }

  /** The list with one more label, which is these bytes. */
  with(list: LabelList, bytes: Uint8Array, start: number, end: number): LabelList {
    const label = this.#interner.intern(bytes, start, end);
    if (label === this.#labels.length) this.#labels.push(this.#decoded(bytes, start, end));
    const known = this.#listOf.get(list, label);
    if (known !== -1) return known;
    this.#before.push(list);
    this.#threads.push(NONE);
    this.#sets.push(NONE);
    this.#isKnown.push(0);
    const added = this.#last.push(label);
    this.#listOf.set(list, label, added);
    return added;
  }

  threadOf(list: LabelList): ThreadIndex {
    this.#resolve(list);
    return list === NONE ? NONE : this.#threads.at(list);
  }

  setOf(list: LabelList): LabelSetIndex {
    this.#resolve(list);
    return list === NONE ? NONE : this.#sets.at(list);
  }

  #resolve(list: LabelList): void {
    if (list === NONE || this.#isKnown.at(list) === 1) return;
    this.#isKnown.set(list, 1);
    const labels: Label[] = [];
    for (let at = list; at !== NONE; at = this.#before.at(at)) {
      const label = this.#labels[this.#last.at(at)];
      if (label) labels.push(label);
    }
    const { thread, rest } = splitLabels(labels.reverse());
    if (thread) this.#threads.set(list, this.#builder.thread(thread.pid, thread.tid, thread.name));
    this.#sets.set(list, this.#builder.labelSet(rest));
  }

  #decoded(bytes: Uint8Array, start: number, end: number): Label | undefined {
    const fields = this.#fields(bytes, start, end);
    if (!fields) {
      this.damaged++;
      return undefined;
    }
    const key = this.#strings.text(fields.key);
    if (fields.text !== 0) return { key, text: this.#strings.text(fields.text) };
    if (!Number.isSafeInteger(fields.number)) this.rounded++;
    return { key, number: fields.number, unit: this.#strings.text(fields.unit) };
  }

  #fields(bytes: Uint8Array, start: number, end: number) {
    const reader = this.#reader.over(bytes, start, end);
    const fields = { key: 0, text: 0, number: 0, low: 0, high: 0, unit: 0 };
    try {
      while (reader.next()) {
        if (reader.field > LABEL.unit) continue;
        mustBe(reader, WIRE.varint);
        if (reader.field === LABEL.key) fields.key = reader.int64;
        else if (reader.field === LABEL.text) fields.text = reader.int64;
        else if (reader.field === LABEL.number) {
          fields.number = reader.int64;
          fields.low = reader.low;
          fields.high = reader.high;
        } else fields.unit = reader.int64;
      }
    } catch (error) {
      if (!(error instanceof BadProtobuf)) throw error;
      return undefined;
    }
    return fields;
  }
}

/** When a sample was taken, as Datadog's profilers and perf_data_converter say it. */
const TIME_KEYS = ['end_timestamp_ns', 'timestamp_ns'];
