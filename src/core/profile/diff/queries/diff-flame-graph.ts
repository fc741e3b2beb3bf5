import { type DiffWidth, diffTree } from '../diff-tree.ts';
import { type DrawnPart, drawnPart } from '../drawn-part.ts';
import type { Scale } from '../normalisation.ts';
import type { SampleScale } from '../poisson-interval.ts';
import type { DiffModel, DiffView } from './diff-model.ts';

/** What has a width of the call tree of both. */
export interface DiffFlameGraph extends DrawnPart {
  /** Weight of everything, scaled. */
  readonly before: number;
  readonly after: number;
  readonly scale: Scale;
  /** What one sample weighs; 0 where samples weigh this or that. */
  readonly sampleScale: SampleScale;
}

/** The call tree of both, to draw. */
export function diffFlameGraph(
  model: DiffModel,
  { view, width }: { view: DiffView; width: DiffWidth },
): DiffFlameGraph {
  const found = model.diff(view);
  const { before, after, scale, sampleScale } = found;
  return {
    ...drawnPart(diffTree(found, width)),
    before: before.total,
    after: after.total,
    scale,
    // NaN doesn't cross as JSON.
    sampleScale: { before: sampleScale.before || 0, after: sampleScale.after || 0 },
  };
}
