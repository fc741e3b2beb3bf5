import type { Profile, ValueType } from '../profile.ts';
import { isSampleCount, sampleCountValue } from '../sample-counts.ts';

/**
 * What one sample weighs where all weigh the same: 1 where samples are counted, the period of a clock that ticks evenly. Then a weight is a
 * number of samples, and how far chance may take it is known. NaN where samples weigh this or that: what is between them isn't known.
 */
export function sampleWeight(profile: Profile, value: ValueType): number {
  const { values, samples, dividedBy } = profile;
  if (isSampleCount(value)) return 1 / dividedBy;
  const own = values.findIndex((one) => isSame(one, value));
  const counts = own === -1 ? undefined : sampleCountValue(profile, own);
  if (counts === undefined) return Number.NaN;
  const [weights, numbers] = [samples.weights[own], samples.weights[counts]];
  let each = Number.NaN;
  for (let sample = 0; sample < samples.length; sample++) {
    if (numbers[sample] === 0 && weights[sample] === 0) continue;
    const weight = weights[sample] / numbers[sample];
    if (Number.isNaN(each)) each = weight;
    if (!(weight > 0) || Math.abs(weight - each) > each * ROUNDING) return Number.NaN;
  }
  return each / dividedBy;
}

/** Periods are whole numbers of nanoseconds. */
const ROUNDING = 1e-6;

function isSame(a: ValueType, b: ValueType): boolean {
  return a.type === b.type && a.unit === b.unit;
}
