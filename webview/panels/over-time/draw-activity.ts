import type { TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import type { Theme } from '../../lib/theme.ts';
import type { TimeCanvas } from './time-canvas.ts';

export interface ActivityPlace {
  /** What the bins are of. */
  readonly span: TimeSpan;
  /** What the width of the plot stands for. */
  readonly within: TimeSpan;
  readonly top: number;
  readonly height: number;
  /** The weight that is as high as the place. */
  readonly most: number;
  readonly isSelected?: boolean;
}

/** Draws weights by bin as an area: a column of pixels is as high as the largest bin in it, so that nothing short is lost. */
export function drawActivity(
  plot: TimeCanvas,
  theme: Theme,
  bins: Float64Array,
  { span, within, top, height, most, isSelected = false }: ActivityPlace,
): void {
  const { context, width } = plot;
  const base = top + height;
  if (most <= 0) return;
  const perBin = (span.toNs - span.fromNs) / bins.length;
  const perPixel = (within.toNs - within.fromNs) / width;
  // Where a pixel is more than a bin, the place of the first bin that it hasn't in it follows from that of the former.
  context.beginPath();
  for (let x = 0; x < width; x++) {
    const from = within.fromNs + x * perPixel;
    const first = Math.max(0, Math.floor((from - span.fromNs) / perBin));
    const last = Math.min(bins.length - 1, Math.max(first, Math.ceil((from + perPixel - span.fromNs) / perBin) - 1));
    let weight = 0;
    for (let bin = first; bin <= last; bin++) if (bins[bin] > weight) weight = bins[bin];
    if (weight <= 0) continue;
    // What is there is seen, be it ever so little.
    const high = Math.max(1, (weight / most) * height);
    context.rect(x, base - high, 1, high);
  }
  context.fillStyle = (isSelected ? theme.focus : theme.foreground)
    .copy({ opacity: isSelected ? 1 : 0.55 })
    .formatRgb();
  context.fill();
}
