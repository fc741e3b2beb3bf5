import { type HeatStep, heatStep } from '../../core/profile/heat-step.ts';
import type { FileLinesAnswer } from '../../core/profile/queries/file-lines.ts';

/** How hot a line is. */
export interface LineHeat {
  /** 0-based. */
  readonly line: number;
  readonly self: number;
  readonly total: number;
  readonly step: HeatStep;
  /** Whether the line's cost is mostly its own, not that of what it calls. */
  readonly isOwn: boolean;
}

/** Heat of every line that has cost and still stands in a text of `lineCount` lines. */
export function lineHeat({ line, self, lineTotal }: FileLinesAnswer, whole: number, lineCount: number): LineHeat[] {
  const heat: LineHeat[] = [];
  for (let row = 0; row < line.length && line[row] <= lineCount; row++) {
    heat.push({
      line: line[row] - 1,
      self: self[row],
      total: lineTotal[row],
      step: heatStep(lineTotal[row] / whole),
      isOwn: Math.abs(self[row]) * 2 >= Math.abs(lineTotal[row]),
    });
  }
  return heat;
}
