import { NONE, type Profile, type ThreadIndex, type ValueIndex } from '../profile.ts';
import { MOST_INTERVALS, type SampleLengths, sampleLengths } from './sample-lengths.ts';

/** The samples of a profile that weigh something, thread by thread and in order of time, each with how long it lasts. */
export interface Timeline {
  /** By track: its thread; NONE for samples of no thread. In the order of the profile's table. */
  readonly thread: readonly ThreadIndex[];
  /** By track: its first row; one more at the end. */
  readonly start: Int32Array;
  /** By row: the sample. */
  readonly sample: Int32Array;
  /** By row: when it was taken, in nanoseconds of `samples.time`. Within a track they never fall. */
  readonly time: Float64Array;
  /** By row: until when it lasts; never beyond the next of its track. */
  readonly end: Float64Array;
  readonly weight: Float64Array;
  readonly lengths: SampleLengths;
  /** By track: weight and number of its samples, those without a time included. */
  readonly total: Float64Array;
  readonly count: Float64Array;
  /** Samples without a time: their number by track. They can't be drawn. */
  readonly timeless: Float64Array;
}

/**
 * The timeline of a profile. Where something was done to it, `whole` is its timeline before: a sample lasts as long as it did there, for
 * what was left out of between two samples is no time in which the first went on. O(samples), apart from sorting what isn't in order.
 */
export function timeline(profile: Profile, value: ValueIndex, whole?: Timeline): Timeline {
  const { samples, threads } = profile;
  const weights = samples.weights[value];
  // By thread plus one: samples of no thread come first.
  const counts = new Int32Array(threads.length + 2);
  const total = new Float64Array(threads.length + 1);
  const count = new Float64Array(threads.length + 1);
  const timeless = new Float64Array(threads.length + 1);
  for (let sample = 0; sample < samples.length; sample++) {
    if (weights[sample] === 0) continue;
    const slot = samples.thread[sample] + 1;
    total[slot] += weights[sample];
    count[slot]++;
    if (Number.isFinite(samples.time[sample])) counts[slot + 1]++;
    else timeless[slot]++;
  }
  for (let slot = 0; slot <= threads.length; slot++) counts[slot + 1] += counts[slot];
  const length = counts[threads.length + 1];
  const sample = new Int32Array(length);
  const next = counts.slice();
  for (let at = 0; at < samples.length; at++) {
    if (weights[at] === 0 || !Number.isFinite(samples.time[at])) continue;
    sample[next[samples.thread[at] + 1]++] = at;
  }
  const slots = Array.from(count.keys()).filter((slot) => count[slot] > 0);
  const start = Int32Array.from([...slots.map((slot) => counts[slot]), length]);
  for (let track = 0; track < slots.length; track++) {
    sortByTime(sample.subarray(start[track], start[track + 1]), samples.time);
  }
  const time = new Float64Array(length);
  const weight = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    time[row] = samples.time[sample[row]];
    weight[row] = weights[sample[row]];
  }
  const rows = { start, time, weight };
  const thread = slots.map((slot) => (slot === 0 ? NONE : slot - 1));
  const lengths = whole?.lengths ?? sampleLengths(profile, value, rows);
  const end = new Float64Array(length);
  for (let track = 0; track < slots.length; track++) {
    endsAlone(end, rows, lengths, start[track], start[track + 1]);
    const former = whole ? whole.thread.indexOf(thread[track]) : NONE;
    if (whole && former !== NONE) endsAsBefore(end, time, start[track], start[track + 1], whole, former);
  }
  return {
    thread,
    start,
    sample,
    time,
    end,
    weight,
    lengths,
    total: Float64Array.from(slots, (slot) => total[slot]),
    count: Float64Array.from(slots, (slot) => count[slot]),
    timeless: Float64Array.from(slots, (slot) => timeless[slot]),
  };
}

/** Puts samples in order of time, those of one time in order of the profile. Most recorders have written them so. */
function sortByTime(samples: Int32Array, time: Float64Array): void {
  for (let at = 1; at < samples.length; at++) {
    if (time[samples[at]] < time[samples[at - 1]]) {
      samples.sort((a, b) => time[a] - time[b] || a - b);
      return;
    }
  }
}

interface Rows {
  readonly time: Float64Array;
  readonly weight: Float64Array;
}

/** Until when the rows of a track last, by the rule of SampleLengths. */
function endsAlone(end: Float64Array, { time, weight }: Rows, lengths: SampleLengths, from: number, to: number): void {
  const usual = lengths.kind === 'interval' && lengths.intervalNs > 0 ? lengths.intervalNs : 0;
  for (let row = from; row < to; row++) {
    const following = row + 1 < to ? time[row + 1] : Number.POSITIVE_INFINITY;
    if (lengths.kind === 'measured') end[row] = Math.min(following, time[row] + Math.max(0, weight[row]));
    else end[row] = following - time[row] > usual * MOST_INTERVALS ? time[row] + usual : following;
  }
}

/** The same where the track was longer before something was done to it. Both are in order of time, so one pass will do. */
function endsAsBefore(
  end: Float64Array,
  time: Float64Array,
  from: number,
  to: number,
  whole: Timeline,
  former: number,
): void {
  let at = whole.start[former];
  const last = whole.start[former + 1];
  for (let row = from; row < to; row++) {
    // Of samples of one time the last is the one that lasts.
    while (at + 1 < last && whole.time[at + 1] <= time[row]) at++;
    if (at < last && whole.time[at] === time[row]) end[row] = Math.min(end[row], whole.end[at]);
  }
}
