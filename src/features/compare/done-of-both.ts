import type { ComparisonProgress } from '../../runs/comparison-session.ts';

/**
 * How much of the reading of both is done, 0 to 1, so that one bar fills once. The later recording is read first; one that is both is read
 * once. A recording without addresses to look up has no second stage: the bar leaves that out.
 */
export function doneOfBoth({ side, stage, done }: ComparisonProgress, isOneFile: boolean): number {
  const ofSide = STAGES.indexOf(stage) / STAGES.length + done / STAGES.length;
  if (isOneFile) return ofSide;
  return side === 'after' ? ofSide / 2 : 0.5 + ofSide / 2;
}

const STAGES: readonly ComparisonProgress['stage'][] = ['reading', 'symbols'];
