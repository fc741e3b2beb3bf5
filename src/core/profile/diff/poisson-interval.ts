import type { Diff } from '../diff.ts';
import type { Cost, DiffRow } from './diff-top.ts';
import type { Scale } from './normalisation.ts';

/**
 * How far the difference of two counts of samples may be off by chance of sampling alone: 1.96 standard deviations either way, so that 95 of
 * 100 such intervals hold the difference of what was sampled. The counts are taken for Poisson's, of two independent recordings, and many
 * enough for the normal distribution. What differs from run to run isn't in it: that takes runs that are repeated.
 */
export function poissonMargin(before: number, after: number, scale: Pick<Scale, 'before' | 'after'>): number {
  return 1.96 * Math.sqrt(before * scale.before ** 2 + after * scale.after ** 2);
}

/** What one sample weighs before and after, once it is scaled; NaN where that isn't one figure. */
export interface SampleScale {
  readonly before: number;
  readonly after: number;
}

/** The margin of the change from one weight to another, as they are after they were scaled. NaN where chance isn't known. */
export function changeMargin(before: number, after: number, sample: SampleScale): number {
  // A difference of differences has weights below 0, which no number of samples has.
  return poissonMargin(Math.abs(before) / sample.before, Math.abs(after) / sample.after, sample);
}

/** Whether samples weigh the same, so that chance is known. */
export function isChanceKnown({ sampleScale: { before, after } }: Pick<Diff, 'sampleScale'>): boolean {
  return before > 0 && after > 0;
}

/** The margin of a row's change. */
export function rowMargin({ sampleScale }: Pick<Diff, 'sampleScale'>, row: DiffRow, of: keyof Cost): number {
  return changeMargin(row.before[of], row.after[of], sampleScale);
}
