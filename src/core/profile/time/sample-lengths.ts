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
 * Else the usual interval is the one that was asked for, where it is known and samples do come so often; else the median of all
 * distances between a sample and the next of its thread.
 */
export function sampleLengths(profile: Profile, value: ValueIndex, rows: InTime): SampleLengths {
  const { type, unit } = profile.values[value];
  const distances = sampleDistances(rows);
  if (unit === 'nanoseconds' && !PROCESSOR_TIME.test(type) && fits(rows)) return { kind: 'measured' };
  if (distances.length === 0) return { kind: 'interval', intervalNs: Number.NaN };
  const asked = askedInterval(profile);
  if (asked > 0) {
    let near = 0;
    for (const distance of distances) if (distance <= asked * MOST_INTERVALS) near++;
    if (near >= distances.length * NEAR_SHARE) return { kind: 'interval', intervalNs: asked };
  }
  distances.sort();
  return { kind: 'interval', intervalNs: distances[distances.length >> 1] };
}

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

/** Distances above 0 between samples of one thread. */
function sampleDistances({ start, time }: InTime): Float64Array {
  const distances = new Float64Array(time.length);
  let length = 0;
  for (let track = 0; track + 1 < start.length; track++) {
    for (let row = start[track] + 1; row < start[track + 1]; row++) {
      if (time[row] > time[row - 1]) distances[length++] = time[row] - time[row - 1];
    }
  }
  return distances.slice(0, length);
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
