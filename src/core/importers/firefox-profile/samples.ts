import type { ProfileBuilder } from '../../profile/builder.ts';
import type { Float64Column } from '../../profile/column.ts';
import { NONE, type SampleIndex, type ThreadIndex, type ValueIndex } from '../../profile/profile.ts';
import type { FirefoxThread } from './file.ts';
import { type FirefoxTable, numberAt, rowAt } from './table.ts';

export interface AddedTimes {
  /** Milliseconds; infinite where there's nothing. */
  first: number;
  last: number;
}

/** Adds a thread's samples, or its allocations, to the profile. */
export class FirefoxSamples {
  readonly #builder: ProfileBuilder;
  readonly times: AddedTimes = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  unknownStacks = 0;
  /** Rows that should have a weight, and have none. */
  weightless = 0;

  constructor(builder: ProfileBuilder) {
    this.#builder = builder;
  }

  addSamples(
    table: FirefoxTable,
    { process }: FirefoxThread,
    thread: ThreadIndex,
    stacks: Int32Array,
    leafOf: (stackRow: number) => string,
    offsetMs: number,
  ): void {
    const builder = this.#builder;
    const { columns, texts } = table;
    const weights = columns.get('weight');
    const { value, factor } = this.#weightValue(texts.get('weightType') ?? 'samples');
    const cpuDelta = columns.get('threadCPUDelta');
    const cpuFactor = CPU_NS[process.meta.cpuDeltaUnit];
    const cpu =
      cpuDelta === undefined
        ? NONE
        : cpuFactor === undefined
          ? builder.value('cpu cycles', 'count')
          : builder.value('cpu', 'nanoseconds');
    this.#each(table, stacks, offsetMs, (row, stackRow, stack, timeNs) => {
      const category = stackRow === NONE ? '' : leafOf(stackRow);
      const labels = category === '' ? NONE : builder.labelSet([{ key: 'category', text: category }]);
      const sample = builder.sample(stack, thread, timeNs, labels);
      this.#weigh(sample, value, (weights && weights.length > 0 ? numberAt(weights, row) : 1) * factor);
      const spent = numberAt(cpuDelta, row) * (cpuFactor ?? 1);
      if (cpu !== NONE && Number.isFinite(spent)) builder.addWeight(sample, cpu, spent);
    });
  }

  addAllocations(table: FirefoxTable, type: string, thread: ThreadIndex, stacks: Int32Array, offsetMs: number): void {
    const builder = this.#builder;
    const value = builder.value(type, 'bytes');
    const weights = table.columns.get('weight') ?? table.columns.get('duration');
    this.#each(table, stacks, offsetMs, (row, _, stack, timeNs) => {
      const weight = numberAt(weights, row);
      this.#weigh(builder.sample(stack, thread, timeNs), value, weight);
    });
  }

  #weigh(sample: SampleIndex, value: ValueIndex, weight: number): void {
    if (Number.isFinite(weight)) this.#builder.addWeight(sample, value, weight);
    else this.weightless++;
  }

  #weightValue(type: string): { value: ValueIndex; factor: number } {
    if (type === 'tracing-ms') return { value: this.#builder.value('time', 'nanoseconds'), factor: 1e6 };
    if (type === 'bytes') return { value: this.#builder.value('space', 'bytes'), factor: 1 };
    return { value: this.#builder.value('samples', 'count'), factor: 1 };
  }

  #each(
    { columns, length }: FirefoxTable,
    stacks: Int32Array,
    offsetMs: number,
    add: (row: number, stackRow: number, stack: number, timeNs: number) => void,
  ): void {
    const at = columns.get('time');
    const deltas = columns.get('timeDeltas');
    const stackRows: Float64Column | undefined = columns.get('stack');
    let sinceStart = 0;
    for (let row = 0; row < length; row++) {
      if (deltas) sinceStart += numberAt(deltas, row) || 0;
      const timeMs = (at ? numberAt(at, row) : deltas ? sinceStart : Number.NaN) + offsetMs;
      if (timeMs < this.times.first) this.times.first = timeMs;
      if (timeMs > this.times.last) this.times.last = timeMs;
      let stackRow = rowAt(stackRows, row);
      if (stackRow >= stacks.length) {
        this.unknownStacks++;
        stackRow = NONE;
      }
      // To a thousandth of a nanosecond: what is beyond is a rest of decimal fractions.
      add(row, stackRow, stackRow === NONE ? NONE : stacks[stackRow], Math.round(timeMs * 1e9) / 1000);
    }
  }
}

const CPU_NS: Readonly<Record<string, number | undefined>> = {
  __proto__: null as never,
  ns: 1,
  µs: 1e3,
  μs: 1e3,
  us: 1e3,
  ms: 1e6,
};
