import type { FileLinesAnswer } from '../../core/profile/queries/file-lines.ts';

/** How hot a line is. */
export interface LineHeat {
  /** 0-based. */
  readonly line: number;
  readonly self: number;
  readonly total: number;
  /** 1 (coolest) to 5. */
  readonly step: HeatStep;
  /** Whether the line's cost is mostly its own, not that of what it calls. */
  readonly isOwn: boolean;
}

export const HEAT_STEPS = [1, 2, 3, 4, 5] as const;
export type HeatStep = (typeof HEAT_STEPS)[number];

/** Share of the whole from which a line is of the next step: about a factor of three each. */
const STEP_SHARES = [0.01, 0.04, 0.12, 0.35];

/** Heat of every line that has cost and still stands in a text of `lineCount` lines. */
export function lineHeat({ line, self, lineTotal }: FileLinesAnswer, whole: number, lineCount: number): LineHeat[] {
  const heat: LineHeat[] = [];
  for (let row = 0; row < line.length && line[row] <= lineCount; row++) {
    const share = Math.abs(lineTotal[row] / whole);
    heat.push({
      line: line[row] - 1,
      self: self[row],
      total: lineTotal[row],
      step: HEAT_STEPS[STEP_SHARES.filter((least) => share >= least).length],
      isOwn: Math.abs(self[row]) * 2 >= Math.abs(lineTotal[row]),
    });
  }
  return heat;
}
