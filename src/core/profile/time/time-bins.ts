import type { Timeline } from './timeline.ts';

/** A part of a recording's time cut into equal bins. */
export interface TimeGrid {
  readonly fromNs: number;
  readonly toNs: number;
  readonly bins: number;
  /** Whether the last bin has the grid's end in it, as that of a whole recording. */
  readonly hasEnd: boolean;
}

/** When a bin begins; that of `bins` is the grid's end. */
export function binEdge({ fromNs, toNs, bins }: TimeGrid, bin: number): number {
  return bin === bins ? toNs : fromNs + (bin * (toNs - fromNs)) / bins;
}

/**
 * Adds a track's weights to `into`, by bin of the grid. A sample is in the bin of its time: from its edge on, and before the next. Where
 * samples have measured lengths, a weight is spread evenly over its length, so that a long call isn't a needle at its beginning.
 */
export function addToBins(
  { start, time, end, weight, lengths }: Timeline,
  track: number,
  grid: TimeGrid,
  into: Float64Array,
): void {
  const { fromNs, toNs, bins, hasEnd } = grid;
  const last = start[track + 1];
  const isSpread = lengths.kind === 'measured';
  let row = firstFrom(time, start[track], last, fromNs);
  // Nothing of a row lies beyond the beginning of the next.
  if (isSpread && row > start[track]) row--;
  for (; row < last && (time[row] < toNs || (hasEnd && time[row] === toNs)); row++) {
    const length = end[row] - time[row];
    if (!isSpread || length <= 0) {
      if (time[row] >= fromNs) into[binOf(grid, time[row])] += weight[row];
      continue;
    }
    const perNs = weight[row] / length;
    const to = Math.min(end[row], toNs);
    let from = Math.max(time[row], fromNs);
    if (from >= to) continue;
    for (let bin = binOf(grid, from); bin < bins && from < to; bin++) {
      const edge = Math.min(to, binEdge(grid, bin + 1));
      into[bin] += perNs * (edge - from);
      from = edge;
    }
  }
}

/** The bin of a moment within the grid. */
function binOf(grid: TimeGrid, at: number): number {
  const { fromNs, toNs, bins } = grid;
  let bin = Math.min(bins - 1, Math.floor(((at - fromNs) * bins) / (toNs - fromNs)));
  // By its edges, whatever was rounded on the way.
  while (bin > 0 && at < binEdge(grid, bin)) bin--;
  while (bin + 1 < bins && at >= binEdge(grid, bin + 1)) bin++;
  return bin;
}

/** The first of `from` up to `to` whose value isn't below the bound, in a column that doesn't fall; `to` where there's none. */
export function firstFrom(column: Float64Array, from: number, to: number, bound: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
