import type { Profile, ValueIndex } from '../profile.ts';

/**
 * How long a sample lasts in a picture over time.
 * `measured`: as long as it weighs. That holds for what was traced, and where a recorder wrote down how long each sample stands for.
 * `interval`: until the next of its thread, but where that is more than MOST_INTERVALS usual intervals away, one usual interval: what
 * is between was not sampled, most often because the thread didn't run.
 */
export type SampleLengths =
  | { readonly kind: 'measured' }
  | {
      readonly kind: 'interval';
      /** NaN where no thread has two samples. */
      readonly intervalNs: number;
    };

/** Beyond so many usual intervals without a sample there's a gap. */
export const MOST_INTERVALS = 4;

/** Samples of one thread after another, each thread's in order of time: rows `start[track]` up to `start[track + 1]`. */
export interface InTime {
  readonly start: Int32Array;
  readonly time: Float64Array;
  readonly weight: Float64Array;
}

/**
 * Measured: the value is a time that isn't the processor's, and hardly a sample weighs more than there is until the next of its thread.
 * Else the usual interval is the one that was asked for, where it is known and samples do come so often. Else it is the median distance
 * between the samples of one thread: of the one where it is shortest, among those with enough samples to tell, for a thread that runs all
 * the time shows how often it was sampled, and one that seldom runs doesn't. Where no thread has enough, the median of all distances.
 */
export function sampleLengths(profile: Profile, value: ValueIndex, rows: InTime): SampleLengths {
  const { type, unit } = profile.values[value];
  if (unit === 'nanoseconds' && !PROCESSOR_TIME.test(type) && fits(rows)) return { kind: 'measured' };
  const distances = sampleDistances(rows);
  const all = joined(distances);
  if (all.length === 0) return { kind: 'interval', intervalNs: Number.NaN };
  const asked = askedInterval(profile);
  if (asked > 0) {
    let near = 0;
    for (const distance of all) if (distance <= asked * MOST_INTERVALS) near++;
    if (near >= all.length * NEAR_SHARE) return { kind: 'interval', intervalNs: asked };
  }
  const telling = distances.filter(({ length }) => length >= ENOUGH_DISTANCES);
  return {
    kind: 'interval',
    intervalNs: telling.length > 0 ? telling.map(median).reduce((a, b) => Math.min(a, b)) : median(all),
  };
}

function joined(columns: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}

/** The middle one; of an even number the later of the two. */
function median(values: Float64Array): number {
  return values.slice().sort()[values.length >> 1];
}

const ENOUGH_DISTANCES = 16;
/** Time of a processor, which a thread may get at any speed: it says nothing of how long something took. */
const PROCESSOR_TIME = /^(cpu|task-clock)/;
/** Of the distances so many at least are as long as was asked for: a sampler that can't keep up has none. */
const NEAR_SHARE = 0.05;
/** Samples that may weigh more than there is room for: clocks are read one after the other. */
const MISFIT_SHARE = 0.01;

function askedInterval({ quality, origin: { period } }: Profile): number {
  if (quality.requestedHz > 0) return 1e9 / quality.requestedHz;
  return period?.unit === 'nanoseconds' ? period.amount : Number.NaN;
}

/** Distances above 0 between samples of one thread, thread by thread. */
function sampleDistances({ start, time }: InTime): Float64Array[] {
  const room = new Float64Array(time.length);
  const distances: Float64Array[] = [];
  for (let track = 0; track + 1 < start.length; track++) {
    let length = 0;
    for (let row = start[track] + 1; row < start[track + 1]; row++) {
      if (time[row] > time[row - 1]) room[length++] = time[row] - time[row - 1];
    }
    distances.push(room.slice(0, length));
  }
  return distances;
}

function fits({ start, time, weight }: InTime): boolean {
  let misfits = 0;
  for (let track = 0; track + 1 < start.length; track++) {
    for (let row = start[track]; row < start[track + 1]; row++) {
      // A nanosecond, and what is lost of a fraction, are no overlap.
      const end = time[row] + weight[row] - 1 - Math.abs(time[row]) * 1e-12;
      if (weight[row] < 0 || (row + 1 < start[track + 1] && end > time[row + 1])) misfits++;
    }
  }
  return time.length > 0 && misfits <= time.length * MISFIT_SHARE;
}
