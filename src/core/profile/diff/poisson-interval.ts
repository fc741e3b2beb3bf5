import type { Diff } from '../diff.ts';
import type { Cost, DiffRow } from './diff-top.ts';
import type { Scale } from './normalisation.ts';

/**
 * How far the difference of two counts of samples may be off by chance of sampling alone: 1.96 standard deviations either way, so that 95 of
 * 100 such intervals hold the difference of what was sampled. The counts are taken for Poisson's, of two independent recordings, and many
 * enough for the normal distribution. What differs from run to run isn't in it: that takes runs that are repeated.
 */
export function poissonMargin(before: number, after: number, scale: Scale): number {
  return 1.96 * Math.sqrt(before * scale.before ** 2 + after * scale.after ** 2);
}

/** Whether what is compared counts samples, so that chance is known. */
export function isSampleCount({ value }: Diff): boolean {
  return /(^| )samples$/.test(value.type) && /^count(\/|$)/.test(value.unit);
}

/** The margin of a row's change, from its counts as they were before they were scaled. */
export function rowMargin({ scale }: Diff, row: DiffRow, of: keyof Cost): number {
  return poissonMargin(row.before[of] / scale.before, row.after[of] / scale.after, scale);
}
