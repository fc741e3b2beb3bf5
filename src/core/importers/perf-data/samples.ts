import { NONE, type SampleTable, type StackIndex } from '../../profile/profile.ts';
import { branchStack, hasCallStacks } from './branch-stack.ts';
import { Callchains } from './callchain.ts';
import { CounterReads } from './counter-reads.ts';
import type { RecordedEvent, RecordedEvents } from './events.ts';
import type { Processes } from './processes.ts';
import type { RecordReader } from './record-reader.ts';
import { MISC, RECORD, SAMPLE } from './record-types.ts';
import { NO_FIELD } from './sample-layout.ts';
import type { StackRows } from './stack-rows.ts';
import type { Survey } from './survey.ts';
import type { ValueColumns } from './value-columns.ts';

/** What the second pass over the records finds. */
export interface ReadSamples {
  /** `time` counts from the clock's base. */
  readonly samples: SampleTable;
  /** Rows of samples whose callchain ends at the depth limit. */
  readonly cut: readonly number[];
  readonly warnings: readonly string[];
}

/** Reads the samples, in the order of the file. */
export function readSamples(
  reader: RecordReader,
  events: RecordedEvents,
  found: Survey,
  processes: Processes,
  rows: StackRows,
  values: ValueColumns,
): ReadSamples {
  return new SampleReader(reader, events, found, processes, rows, values).run();
}

/** Depth limit of callchains where the recording doesn't say: the kernel's own (PERF_MAX_STACK_DEPTH). */
const USUAL_MOST_FRAMES = 127;
/** What `#chainLength` gives where a callchain can't be as long as it says. */
const DAMAGED = -2;

class SampleReader {
  readonly #reader: RecordReader;
  readonly #events: RecordedEvents;
  readonly #clock: Survey['clock'];
  readonly #processes: Processes;
  readonly #chains: Callchains;
  readonly #reads: CounterReads;
  readonly #values: ValueColumns;
  readonly #lowAt: number;
  readonly #highAt: number;
  readonly #stack: Int32Array;
  readonly #thread: Int32Array;
  readonly #time: Float64Array;
  readonly #cut: number[] = [];
  #length = 0;
  #hasUnknownLimit = false;
  #strangers = 0;
  #damaged = 0;
  #firstDamaged = 0;
  readonly #refused = new Set<RecordedEvent>();

  constructor(
    reader: RecordReader,
    events: RecordedEvents,
    found: Survey,
    processes: Processes,
    rows: StackRows,
    values: ValueColumns,
  ) {
    this.#reader = reader;
    this.#events = events;
    this.#clock = found.clock;
    this.#processes = processes;
    this.#chains = new Callchains(reader, processes, rows, found);
    this.#reads = new CounterReads(events, reader.little);
    this.#values = values;
    this.#lowAt = reader.little ? 0 : 4;
    this.#highAt = reader.little ? 4 : 0;
    this.#stack = new Int32Array(found.sampleRecords);
    this.#thread = new Int32Array(found.sampleRecords);
    this.#time = new Float64Array(found.sampleRecords);
  }

  run(): ReadSamples {
    const reader = this.#reader;
    while (reader.next()) {
      if (reader.type === RECORD.SAMPLE) this.#sample(reader);
    }
    const length = this.#length;
    return {
      samples: {
        length,
        stack: exactly(this.#stack, length),
        thread: exactly(this.#thread, length),
        time: exactly(this.#time, length),
        labels: new Int32Array(length).fill(NONE),
        weights: this.#values.finish(length),
      },
      // A chain longer than the usual limit shows that the limit was another, and which isn't known.
      cut: this.#hasUnknownLimit ? [] : this.#cut,
      warnings: this.#warnings(),
    };
  }

  #sample(reader: RecordReader): void {
    const { view, at, size } = reader;
    const index = this.#eventOf(view, at, size);
    if (index === NONE) {
      this.#strangers++;
      return;
    }
    const event = this.#events.list[index];
    const { attribute, sample: layout } = event;
    if (event.isDummy) return;
    if (attribute.hasUnknownSampleBits) {
      this.#refused.add(event);
      return;
    }
    const end = at + size;
    const readsAt = at + layout.fixedEnd;
    const { sampleType, readFormat } = attribute;
    const chainAt =
      (sampleType & SAMPLE.READ) === 0 ? readsAt : readsAt + this.#reads.size(view, readsAt, end, readFormat);
    const chainLength = (sampleType & SAMPLE.CALLCHAIN) === 0 ? NONE : this.#chainLength(view, chainAt, end);
    if (readsAt > end || chainAt > end || chainLength === DAMAGED) {
      if (this.#damaged++ === 0) this.#firstDamaged = reader.position;
      return;
    }
    const row = this.#length++;
    const time = this.#clock.ofSample(reader, layout.time);
    const pid = layout.tid === NO_FIELD ? NONE : view.getInt32(at + layout.tid, reader.little);
    const tid = layout.tid === NO_FIELD ? NONE : view.getInt32(at + layout.tid + 4, reader.little);
    this.#chains.startSample(reader.misc & MISC.CPUMODE_MASK, pid, tid, time);
    this.#stack[row] = this.#stackOf(event, view, at, end, chainAt, chainLength);
    this.#thread[row] = layout.tid === NO_FIELD ? NONE : this.#processes.thread(pid, tid, time);
    this.#time[row] = layout.time === NO_FIELD ? Number.NaN : time;
    if (chainLength !== NONE) this.#noteLength(row, attribute.maxStack);
    if ((sampleType & SAMPLE.READ) !== 0 && CounterReads.areNamed(readFormat)) {
      // Where an event is inherited, each thread counts from zero, as perf has it (tools/perf/util/evlist.c, deliver_sample_value).
      const counterTid = attribute.inherit ? tid : NONE;
      this.#reads.forEach(view, readsAt, readFormat, counterTid, (member, growth) =>
        this.#values.add(row, member, growth),
      );
    } else {
      const period =
        layout.period === NO_FIELD ? attribute.periodOrFrequency : this.#unsigned(view, at + layout.period);
      this.#values.add(row, index, period);
    }
  }

  #eventOf(view: DataView, at: number, size: number): number {
    const { list } = this.#events;
    const { id } = list[0].sample;
    if (list.length === 1 || id === NO_FIELD || id + 8 > size) return 0;
    return this.#events.withIdAt(view, at + id, this.#reader.little);
  }

  #chainLength(view: DataView, at: number, end: number): number {
    if (at + 8 > end) return DAMAGED;
    const length = this.#unsigned(view, at);
    return length * 8 <= end - at - 8 ? length : DAMAGED;
  }

  #stackOf(
    { attribute, sample }: RecordedEvent,
    view: DataView,
    at: number,
    end: number,
    chainAt: number,
    chainLength: number,
  ): StackIndex {
    const ipAt = sample.ip === NO_FIELD ? NO_FIELD : at + sample.ip;
    let stack: StackIndex = NONE;
    if (chainLength !== NONE) {
      const chainEnd = chainAt + 8 + chainLength * 8;
      const calls = hasCallStacks(attribute) && branchStack(view, chainEnd, end, attribute, this.#reader.little);
      stack = calls
        ? this.#chains.stackWithCalls(chainAt + 8, chainLength, ipAt, calls)
        : this.#chains.stack(chainAt + 8, chainLength, ipAt);
    }
    return stack === NONE && ipAt !== NO_FIELD ? this.#chains.exact(NONE, ipAt) : stack;
  }

  /** Notes a sample whose callchain is as long as a callchain may be. */
  #noteLength(row: number, maxStack: number): void {
    const { length } = this.#chains;
    if (length >= (maxStack || USUAL_MOST_FRAMES)) this.#cut.push(row);
    if (maxStack === 0 && length > USUAL_MOST_FRAMES) this.#hasUnknownLimit = true;
  }

  #unsigned(view: DataView, at: number): number {
    const { little } = this.#reader;
    return view.getUint32(at + this.#highAt, little) * 2 ** 32 + view.getUint32(at + this.#lowAt, little);
  }

  #warnings(): string[] {
    const warnings: string[] = [];
    if (this.#damaged > 0) {
      warnings.push(
        `Samples whose parts don't fit were left out: ${this.#damaged}, the first at byte ${this.#firstDamaged}.`,
      );
    }
    if (this.#strangers > 0) {
      warnings.push(`Samples that belong to no event of the recording were left out: ${this.#strangers}.`);
    }
    for (const { name } of this.#refused) {
      warnings.push(
        `Samples of ${name} were left out: a newer perf recorded fields whose place in a sample isn't known here.`,
      );
    }
    return warnings;
  }
}

/** The part of a column that was used: itself, where that is all. */
function exactly<T extends Int32Array | Float64Array>(column: T, length: number): T {
  return column.length === length ? column : (column.slice(0, length) as T);
}
