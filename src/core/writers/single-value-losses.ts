import { NONE, type Profile } from '../profile/profile.ts';

/** What is said by formats in which a sample is a stack and one number. */
export function singleValueLosses({ values, samples, labelSets: { start } }: Profile): string[] {
  const losses: string[] = [];
  if (values.length > 1) losses.push('One value is written, the others are left out.');
  if (samples.labels.some((set) => set !== NONE && start[set + 1] > start[set])) losses.push('Labels are left out.');
  return losses;
}
