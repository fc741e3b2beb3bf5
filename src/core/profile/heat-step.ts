/** Steps of cost: 1 is the coolest, 5 the hottest. */
export type HeatStep = 1 | 2 | 3 | 4 | 5;

/** Share of the whole from which a cost is of the next step: about a factor of three each. */
export const STEP_SHARES = [0.01, 0.04, 0.12, 0.35] as const;

/** How hot a cost is that is this share (0 to 1) of the whole. */
export function heatStep(share: number): HeatStep {
  return (STEP_SHARES.filter((bound) => Math.abs(share) >= bound).length + 1) as HeatStep;
}
