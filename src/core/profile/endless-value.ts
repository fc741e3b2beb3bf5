import type { Profile, ValueType } from './profile.ts';

/**
 * A value whose weights add up to more than fits into a number, if there is one: its totals would be infinite, its shares no numbers. Signs
 * are left aside, since any part of the samples may be added up by itself.
 */
export function endlessValue({ values, samples }: Profile): ValueType | undefined {
  return values.find((_, value) => {
    const weights = samples.weights[value];
    let sum = 0;
    for (let sample = 0; sample < samples.length; sample++) sum += Math.abs(weights[sample]);
    return sum === Number.POSITIVE_INFINITY;
  });
}
