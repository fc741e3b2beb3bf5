import type { ProfileBuilder } from '../../profile/builder.ts';
import { Float64Column, Int32Column } from '../../profile/column.ts';
import type { StackIndex, ThreadIndex, ValueIndex } from '../../profile/profile.ts';

/** Samples as they come, with the event each belongs to; the value types are known when all have come. */
export class SampleRows {
  readonly #stack = new Int32Column(1024);
  readonly #thread = new Int32Column(1024);
  readonly #event = new Int32Column(1024);
  readonly #timeNs = new Float64Column(1024);
  readonly #period = new Float64Column(1024);

  get length(): number {
    return this.#stack.length;
  }

  /** `event` is a position in the names that `finish` gets; `timeNs` and `period` are NaN where they aren't printed. */
  add(stack: StackIndex, thread: ThreadIndex, event: number, timeNs: number, period: number): void {
    this.#stack.push(stack);
    this.#thread.push(thread);
    this.#event.push(event);
    this.#timeNs.push(timeNs);
    this.#period.push(period);
  }

  /**
   * Adds the samples to the profile. An event has a value that weighs its periods, where they are printed, and one that
   * counts its samples; where there is one event, that is `samples`.
   */
  finish(builder: ProfileBuilder, eventNames: readonly string[]): FinishedSamples {
    const { startTimeNs, endTimeNs } = this.#timeRange();
    const values = this.#values(builder, eventNames);
    let withoutPeriod = 0;
    for (let row = 0; row < this.length; row++) {
      const time = this.#timeNs.at(row) - startTimeNs;
      const sample = builder.sample(this.#stack.at(row), this.#thread.at(row), time);
      const { period, count } = values[this.#event.at(row)]!;
      builder.addWeight(sample, count, 1);
      const weight = this.#period.at(row);
      if (Number.isNaN(weight)) withoutPeriod++;
      else if (period !== undefined) builder.addWeight(sample, period, weight);
    }
    const first = this.length === 0 ? undefined : values[this.#event.at(0)];
    const isTimed = endTimeNs >= startTimeNs;
    return {
      startTimeNs: isTimed ? startTimeNs : 0,
      durationNs: isTimed ? endTimeNs - startTimeNs : Number.NaN,
      defaultValue: first?.period ?? first?.count ?? 0,
      withoutPeriod,
    };
  }

  #values(builder: ProfileBuilder, eventNames: readonly string[]): (EventValues | undefined)[] {
    const hasPeriod = new Uint8Array(eventNames.length);
    const order = new Set<number>();
    for (let row = 0; row < this.length; row++) {
      order.add(this.#event.at(row));
      if (!Number.isNaN(this.#period.at(row))) hasPeriod[this.#event.at(row)] = 1;
    }
    const values: (EventValues | undefined)[] = [];
    for (const event of order) {
      const name = eventNames[event] || 'period';
      const period = hasPeriod[event] === 1 ? builder.value(name, isClock(name) ? 'nanoseconds' : 'count') : undefined;
      values[event] = { period, count: builder.value(order.size === 1 ? 'samples' : `${name} samples`, 'count') };
    }
    return values;
  }

  #timeRange(): { startTimeNs: number; endTimeNs: number } {
    let startTimeNs = Number.POSITIVE_INFINITY;
    let endTimeNs = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < this.length; row++) {
      const time = this.#timeNs.at(row);
      if (time < startTimeNs) startTimeNs = time;
      if (time > endTimeNs) endTimeNs = time;
    }
    return { startTimeNs, endTimeNs };
  }
}

export interface FinishedSamples {
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
