import type { SampleColumns } from '../../kernels/perf-stacks.ts';
import { Float64Column, Int32Column } from '../../profile/column.ts';
import {
  NONE,
  type SampleTable,
  type StackIndex,
  type ThreadIndex,
  type ValueIndex,
  type ValueType,
} from '../../profile/profile.ts';

/** Samples as they come. */
export class SampleRows {
  readonly #stack = new Int32Column(1024);
  readonly #thread = new Int32Column(1024);
  readonly #event = new Int32Column(1024);
  readonly #timeNs = new Float64Column(1024);
  readonly #period = new Float64Column(1024);

  get length(): number {
    return this.#stack.length;
  }

  /** `event` is a position in the names that `finishedSamples` gets; `timeNs` and `period` are NaN where they aren't printed. */
  add(stack: StackIndex, thread: ThreadIndex, event: number, timeNs: number, period: number): void {
    this.#stack.push(stack);
    this.#thread.push(thread);
    this.#event.push(event);
    this.#timeNs.push(timeNs);
    this.#period.push(period);
  }

  finish(): SampleColumns {
    return {
      length: this.length,
      stack: this.#stack.finish(),
      thread: this.#thread.finish(),
      event: this.#event.finish(),
      timeNs: this.#timeNs.finish(),
      period: this.#period.finish(),
    };
  }
}

/**
 * The samples, and what they weigh: an event has a value of its periods, where they are printed, and one that counts its samples; where there is
 * one event, that is `samples`. The columns are the result's, but that times count from the first.
 */
export function finishedSamples(columns: SampleColumns, eventNames: readonly string[]): FinishedSamples {
  const { length, stack, thread, event, timeNs: time, period: periods } = columns;
  const { startTimeNs, endTimeNs } = timeRange(time);
  const { values, ofEvent } = valuesOf(columns, eventNames);
  for (let row = 0; row < length; row++) time[row] -= startTimeNs;
  const weights = values.map(() => new Float64Array(length));
  let withoutPeriod = 0;
  for (let row = 0; row < length; row++) {
    const { period, count } = ofEvent[event[row]]!;
    weights[count][row] = 1;
    if (Number.isNaN(periods[row])) withoutPeriod++;
    else if (period !== undefined) weights[period][row] = periods[row];
  }
  const first = length === 0 ? undefined : ofEvent[event[0]];
  const isTimed = endTimeNs >= startTimeNs;
  return {
    samples: { length, stack, thread, time, labels: new Int32Array(length).fill(NONE), weights },
    values,
    startTimeNs: isTimed ? startTimeNs : 0,
    durationNs: isTimed ? endTimeNs - startTimeNs : Number.NaN,
    defaultValue: first?.period ?? first?.count ?? 0,
    withoutPeriod,
  };
}

function valuesOf(
  { event: events, period: periods }: SampleColumns,
  eventNames: readonly string[],
): { readonly values: ValueType[]; readonly ofEvent: readonly (EventValues | undefined)[] } {
  const hasPeriod = new Uint8Array(eventNames.length);
  const order = new Set<number>();
  for (let row = 0, last = NONE; row < events.length; row++) {
    const event = events[row];
    if (event !== last) order.add(event);
    last = event;
    if (!Number.isNaN(periods[row])) hasPeriod[event] = 1;
  }
  const values: ValueType[] = [];
  const value = (type: string, unit: string): ValueIndex => {
    const known = values.findIndex((one) => one.type === type && one.unit === unit);
    return known >= 0 ? known : values.push({ type, unit }) - 1;
  };
  const ofEvent: (EventValues | undefined)[] = [];
  for (const event of order) {
    const name = eventNames[event] || 'period';
    const period = hasPeriod[event] === 1 ? value(name, isClock(name) ? 'nanoseconds' : 'count') : undefined;
    ofEvent[event] = { period, count: value(order.size === 1 ? 'samples' : `${name} samples`, 'count') };
  }
  if (values.length === 0) value('samples', 'count');
  return { values, ofEvent };
}

function timeRange(times: Float64Array): { startTimeNs: number; endTimeNs: number } {
  let startTimeNs = Number.POSITIVE_INFINITY;
  let endTimeNs = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < startTimeNs) startTimeNs = time;
    if (time > endTimeNs) endTimeNs = time;
  }
  return { startTimeNs, endTimeNs };
}

export interface FinishedSamples {
  readonly samples: SampleTable;
  readonly values: readonly ValueType[];
  /** Time of the earliest sample, which the times of all count from; 0 where there are no times. */
  readonly startTimeNs: number;
  /** To the latest sample; NaN where there are no times. */
  readonly durationNs: number;
  /** The first event's period, or its samples where no period is printed. */
  readonly defaultValue: ValueIndex;
  /** Samples whose period isn't printed. */
  readonly withoutPeriod: number;
}

interface EventValues {
  readonly period: ValueIndex | undefined;
  readonly count: ValueIndex;
}

/** The two events whose periods are nanoseconds, whatever modifiers follow (`cpu-clock:u`). */
function isClock(eventName: string): boolean {
  return /^(cpu|task)-clock(:|$)/.test(eventName);
}
