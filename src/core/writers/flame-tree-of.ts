import type { Profile } from '../profile/profile.ts';
import { type FlameTree, flameGraph } from '../profile/queries/flame-graph.ts';
import { QueryModel } from '../profile/queries/query-model.ts';
import { singleValueLosses } from './single-value-losses.ts';
import type { WriteOptions } from './writer.ts';

/** The call tree of all of a profile, by one of its values. */
export function flameTreeOf(profile: Profile, { value = profile.defaultValue }: WriteOptions = {}): FlameTree {
  const model = new QueryModel(profile);
  return flameGraph(model, { view: { ...model.defaultView, value } });
}

/** What a flame graph doesn't say of a profile. */
export function flameLosses(profile: Profile, { value = profile.defaultValue }: WriteOptions = {}): string[] {
  const { threads, samples } = profile;
  const losses = singleValueLosses(profile);
  if (threads.length > 1) losses.push('Threads are added up.');
  if (samples.time.some((time) => !Number.isNaN(time))) losses.push('Times are left out.');
  if (samples.weights[value].some((weight) => weight < 0))
    losses.push('Costs below zero have no width, and what called them is narrower by them.');
  return losses;
}
