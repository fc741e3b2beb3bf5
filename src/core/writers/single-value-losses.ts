import { NONE, type Profile } from '../profile/profile.ts';
import type { WriteOptions } from './writer.ts';

/** What is said by formats in which a sample is a stack and one number. */
export function singleValueLosses({ values, samples, labelSets: { start } }: Profile): string[] {
  const losses: string[] = [];
  if (values.length > 1) losses.push('One value is written, the others are left out.');
  if (samples.labels.some((set) => set !== NONE && start[set + 1] > start[set])) losses.push('Labels are left out.');
  return losses;
}

/** What is said by such a format that has only these units: nanoseconds per request would be read as so many of something. */
export function unitLosses(
  { values, defaultValue }: Profile,
  units: Iterable<string>,
  { value = defaultValue }: WriteOptions,
): string[] {
  const { unit } = values[value];
  if (['', 'count', ...units].includes(unit)) return [];
  return [`Weights are in ${unit}, a unit that the format doesn’t have: they are written as numbers without one.`];
}
