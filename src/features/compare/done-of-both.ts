import type { ComparisonProgress } from '../../runs/comparison-session.ts';
import { doneOfOpening } from '../../runs/open-progress.ts';

/**
 * How much of the reading of both is done, 0 to 1, so that one bar fills once. The later recording is read first; one that is both is read
 * once. A recording without addresses to look up has no second stage: the bar leaves that out.
 */
export function doneOfBoth(progress: ComparisonProgress, isOneFile: boolean): number {
  const ofSide = doneOfOpening(progress);
  if (isOneFile) return ofSide;
  return progress.side === 'after' ? ofSide / 2 : 0.5 + ofSide / 2;
}
