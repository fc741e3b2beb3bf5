import type { ValueType } from '../profile.ts';
import { timelineOf } from '../time/known-timelines.ts';
import { addToBins } from '../time/time-bins.ts';
import type { QueryModel, View } from './query-model.ts';
import { wholeExtent } from './thread-tracks.ts';

/**
 * Weight by second and by where in the second, as FlameScope draws it (M. Spier and B. Gregg, "FlameScope", Netflix, 2018): what comes
 * and goes within seconds shows as a pattern. Columns may be other lengths than a second.
 */
export interface SubsecondHeatmap {
  readonly value: ValueType;
  /** When the first column begins. */
  readonly fromNs: number;
  /** How long a column is, from its bottom to its top. */
  readonly columnNs: number;
  /** How many columns one after another are drawn as one, added up: more than 1 where they'd be more than were asked for. */
  readonly folded: number;
  readonly columns: number;
  readonly rows: number;
  /** Column after column; in each the row of the earliest part first. */
  readonly cells: Float64Array;
  readonly total: number;
}

export interface HeatmapOptions {
  readonly view: View;
  readonly columnNs: number;
  readonly rows: number;
  /** Columns at most. */
  readonly most: number;
}

/** `null` where the recording has no times. */
export function subsecondHeatmap(
  model: QueryModel,
  { view, columnNs, rows, most }: HeatmapOptions,
): SubsecondHeatmap | null {
  if (!(columnNs > 0 && rows > 0 && most > 0)) {
    throw new RangeError(`a heatmap of ${rows} rows and ${most} columns of ${columnNs} ns was asked for`);
  }
  const whole = wholeExtent(model);
  if (!whole) return null;
  const { line, profile, tracks } = timelineOf(model, view);
  // The recording's last moment is in it.
  const length = Math.floor((whole.toNs - whole.fromNs) / columnNs) + 1;
  if (length > MOST_COLUMNS) {
    throw new RangeError('The recording takes too long for columns of this length: choose longer ones.');
  }
  const folded = Math.ceil(length / most);
  const columns = Math.ceil(length / folded);
  const cells = new Float64Array(columns * rows);
  // Some columns at a time: a recording of days has more than there's room for.
  const strip = new Float64Array(Math.min(length, STRIP_COLUMNS) * rows);
  for (let first = 0; first < length; first += STRIP_COLUMNS) {
    const part = strip.subarray(0, Math.min(STRIP_COLUMNS, length - first) * rows).fill(0);
    const fromNs = whole.fromNs + first * columnNs;
    const grid = { fromNs, toNs: fromNs + (part.length / rows) * columnNs, bins: part.length, hasEnd: false };
    for (const track of tracks) addToBins(line, track, grid, part);
    for (let at = 0; at < part.length; at++) {
      const column = Math.floor((first + Math.floor(at / rows)) / folded);
      cells[column * rows + (at % rows)] += part[at];
    }
  }
  return {
    value: profile.values[view.value],
    fromNs: whole.fromNs,
    columnNs,
    folded,
    columns,
    rows,
    cells,
    total: cells.reduce((sum, weight) => sum + weight, 0),
  };
}

const STRIP_COLUMNS = 1024;
/** Eleven days of seconds. */
const MOST_COLUMNS = 1e6;
