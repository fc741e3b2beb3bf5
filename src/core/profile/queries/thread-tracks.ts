import { extent } from '../operations/time-range.ts';
import { NONE, type ThreadIndex, type ValueType } from '../profile.ts';
import { timelineOf } from '../time/known-timelines.ts';
import { addToBins } from '../time/time-bins.ts';
import type { QueryModel, View } from './query-model.ts';

/** What each thread did when: a strip of activity for each of the costliest threads, and one for all. */
export interface ThreadTracks {
  readonly value: ValueType;
  /** From the recording's start to its last moment, in nanoseconds of `samples.time`; `null` where it has no times. */
  readonly extent: TimeSpan | null;
  /** The part that the bins are of. */
  readonly window: TimeSpan;
  /** How many bins each row has. */
  readonly bins: number;
  /** Weight by bin, of all threads in view. */
  readonly all: Float64Array;
  /** The costliest first. */
  readonly tracks: readonly ThreadTrack[];
  /** Weight by bin, track after track. */
  readonly activity: Float64Array;
  /** Threads beyond those asked for, together: how many, what they cost, and their weight by bin. */
  readonly more: { readonly count: number; readonly total: number; readonly activity: Float64Array };
  /** Of everything in view, samples without a time included. */
  readonly total: number;
  readonly samples: number;
  readonly timeless: number;
  /** How long samples last in pictures over time, see SampleLengths; `interval` and 0 where it isn't known. */
  readonly lengths: 'measured' | 'interval';
  readonly intervalNs: number;
}

export interface TimeSpan {
  readonly fromNs: number;
  readonly toNs: number;
}

export interface ThreadTrack {
  /** NONE for samples that name no thread. */
  readonly thread: ThreadIndex;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly total: number;
  readonly samples: number;
}

export interface TracksOptions {
  readonly view: View;
  /** The part of the time to show; all of it where it's null. */
  readonly window: TimeSpan | null;
  readonly bins: number;
  /** How many threads at most have a row of their own. */
  readonly most: number;
}

export function threadTracks(model: QueryModel, { view, window, bins, most }: TracksOptions): ThreadTracks {
  if (!(bins > 0 && bins <= MOST_BINS)) throw new RangeError(`${bins} bins were asked for, of 1 to ${MOST_BINS}`);
  const { line, profile, tracks } = timelineOf(model, view);
  const whole = wholeExtent(model);
  const shown = window ?? whole ?? { fromNs: 0, toNs: 0 };
  const byCost = [...tracks].sort((a, b) => line.total[b] - line.total[a] || a - b);
  const own = byCost.slice(0, most);
  const activity = new Float64Array(own.length * bins);
  const rest = new Float64Array(bins);
  const grid = { ...shown, bins, hasEnd: shown.toNs === whole?.toNs };
  if (whole && shown.toNs > shown.fromNs) {
    own.forEach((track, at) => {
      addToBins(line, track, grid, activity.subarray(at * bins, (at + 1) * bins));
    });
    for (const track of byCost.slice(most)) addToBins(line, track, grid, rest);
  }
  const all = rest.slice();
  for (let at = 0; at < activity.length; at++) all[at % bins] += activity[at];
  const sum = (column: Float64Array, of: readonly number[]) => of.reduce((total, track) => total + column[track], 0);
  const { threads, strings } = profile;
  const { lengths } = line;
  return {
    value: profile.values[view.value],
    extent: whole,
    window: shown,
    bins,
    all,
    tracks: own.map((track) => {
      const thread = line.thread[track];
      return {
        thread,
        name: thread === NONE ? '' : strings[threads.name[thread]],
        pid: thread === NONE ? NONE : threads.pid[thread],
        tid: thread === NONE ? NONE : threads.tid[thread],
        total: line.total[track],
        samples: line.count[track],
      };
    }),
    activity,
    more: { count: byCost.length - own.length, total: sum(line.total, byCost.slice(most)), activity: rest },
    total: sum(line.total, tracks),
    samples: sum(line.count, tracks),
    timeless: sum(line.timeless, tracks),
    lengths: lengths.kind,
    intervalNs: lengths.kind === 'interval' && lengths.intervalNs > 0 ? lengths.intervalNs : 0,
  };
}

/** More than any screen has pixels. */
const MOST_BINS = 32_768;

/** From the start of the recording to its last moment, whatever was done to it since; `null` where it has no times, or takes none. */
export function wholeExtent({ profile }: QueryModel): TimeSpan | null {
  const { firstNs, lastNs } = extent(profile);
  // A time that isn't finite is none.
  return lastNs > firstNs && Number.isFinite(lastNs - firstNs) ? { fromNs: firstNs, toNs: lastNs } : null;
}
