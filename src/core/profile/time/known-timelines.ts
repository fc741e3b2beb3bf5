import { type CallPaths, callPaths } from '../call-tree.ts';
import type { Profile, ThreadIndex, ValueIndex } from '../profile.ts';
import type { QueryModel, View } from '../queries/query-model.ts';
import { type StackSeries, stackSeries } from './stack-series.ts';
import { type Timeline, timeline } from './timeline.ts';

// What pictures over time need of a profile, kept as long as the profile is: to zoom is to ask the same again of another window.

/** What a view shows over time: its profile's timeline, and which of its tracks are threads of the view. */
export function timelineOf(model: QueryModel, view: View): { line: Timeline; profile: Profile; tracks: number[] } {
  const { profile } = model.viewed(view);
  const line = known(profile, view.value, model);
  const wanted = view.threads && new Set(view.threads);
  const tracks = line.thread.flatMap((thread, track) => (!wanted || wanted.has(thread) ? [track] : []));
  return { line, profile, tracks };
}

/** The series of some threads of a view, with the paths that its nodes are of. */
export function seriesOf(
  model: QueryModel,
  view: View,
  threads: readonly ThreadIndex[],
): { series: StackSeries; paths: CallPaths; line: Timeline } {
  const { line, profile } = timelineOf(model, view);
  const paths = kept(PATHS, profile, () => callPaths(profile, new Uint8Array(profile.stacks.length).fill(1)));
  const all = kept(SERIES, profile, () => new Map<string, StackSeries>());
  const key = `${view.value} ${threads.join()}`;
  let series = all.get(key);
  if (!series) {
    series = stackSeries(profile, line, paths, threads);
    if (all.size >= KEPT_SERIES) all.delete(all.keys().next().value!);
    all.set(key, series);
  }
  return { series, paths, line };
}

const TIMELINES = new WeakMap<Profile, Map<ValueIndex, Timeline>>();
const PATHS = new WeakMap<Profile, CallPaths>();
const SERIES = new WeakMap<Profile, Map<string, StackSeries>>();
const KEPT_SERIES = 4;

function known(profile: Profile, value: ValueIndex, model: QueryModel): Timeline {
  const lines = kept(TIMELINES, profile, () => new Map<ValueIndex, Timeline>());
  let line = lines.get(value);
  if (!line) {
    // Whatever was done to the profile, its samples last as long as they did.
    const whole = profile === model.profile ? undefined : known(model.profile, value, model);
    line = timeline(profile, value, whole);
    lines.set(value, line);
  }
  return line;
}

function kept<T>(store: WeakMap<Profile, T>, profile: Profile, make: () => T): T {
  let made = store.get(profile);
  if (made === undefined) {
    made = make();
    store.set(profile, made);
  }
  return made;
}
