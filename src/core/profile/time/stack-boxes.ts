import { Float64Column, Int32Column } from '../column.ts';
import { NONE } from '../profile.ts';
import type { StackSeries } from './stack-series.ts';
import { firstFrom } from './time-bins.ts';

/**
 * Boxes of a stack chart, row by row and in order of time. A box is a function on a row for as long as samples that follow one another
 * share the path down to it. Those that are narrower than half a pixel, and lie within half a pixel of one another, are one box that
 * stands for all of them.
 */
export interface StackBoxes {
  readonly length: number;
  /** By row asked for, and one more at the end: its first box. */
  readonly rowStart: Int32Array;
  /** Nanoseconds; may lie outside the window. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Node in the call paths; NONE where the box stands for more than one. */
  readonly node: Int32Array;
  /** How many boxes it stands for: 1 for a box. */
  readonly boxes: Int32Array;
  readonly samples: Int32Array;
  readonly weight: Float64Array;
  /** How much of the length is boxes, 0 to 1: below 1 where an aggregate has gaps. */
  readonly covered: Float32Array;
}

export interface BoxWindow {
  readonly fromNs: number;
  readonly toNs: number;
  /** How many pixels that is. */
  readonly columns: number;
  /** The rows wanted, 0 for the outermost functions; the last isn't among them. */
  readonly firstRow: number;
  readonly endRow: number;
}

/** O(samples in the window × rows that change between one and the next); the answer is as large as the picture. */
export function stackBoxes(series: StackSeries, parent: Int32Array, window: BoxWindow): StackBoxes {
  const { time, end, depth, common } = series;
  const { fromNs, toNs, columns, firstRow, endRow } = window;
  const rows = new BoxRows(series, parent, window, ((toNs - fromNs) / columns) * NARROW_PX);
  let at = firstFrom(time, 0, time.length, fromNs);
  if (at > 0 && end[at - 1] > fromNs) at--;
  const opened = new Int32Array(endRow + 1);
  let open = at < time.length ? Math.min(depth[at], endRow) : 0;
  // What goes on from before the window began where no sample before it has that function on its path.
  for (let from = at, left = open; left > 0; from--) {
    const shared = Math.min(common[from], left);
    opened.fill(from, shared, left);
    left = shared;
  }
  for (at++; at < time.length && (time[at] <= toNs || open > 0); at++) {
    const kept = Math.min(common[at], open);
    for (let row = open - 1; row >= Math.max(kept, firstRow); row--) rows.add(row, opened[row], at);
    open = kept;
    if (time[at] > toNs) continue;
    const deep = Math.min(depth[at], endRow);
    while (open < deep) opened[open++] = at;
  }
  for (let row = open - 1; row >= firstRow; row--) rows.add(row, opened[row], at);
  return rows.finish();
}

/** Boxes narrower than this many pixels are drawn together. */
const NARROW_PX = 0.5;

/** Boxes as they are found: on each row in order of time. */
class BoxRows {
  readonly #series: StackSeries;
  readonly #parent: Int32Array;
  readonly #window: BoxWindow;
  readonly #narrowNs: number;
  readonly #found = {
    row: new Int32Column(1024),
    from: new Float64Column(1024),
    to: new Float64Column(1024),
    node: new Int32Column(1024),
    boxes: new Int32Column(1024),
    samples: new Int32Column(1024),
    weight: new Float64Column(1024),
    covered: new Float64Column(1024),
  };
  /** By row: narrow boxes that may be joined by the next. */
  readonly #narrow: (Narrow | undefined)[] = [];

  constructor(series: StackSeries, parent: Int32Array, window: BoxWindow, narrowNs: number) {
    this.#series = series;
    this.#parent = parent;
    this.#window = window;
    this.#narrowNs = narrowNs;
  }

  /** The samples `first` up to `end` have one function on this row. */
  add(row: number, first: number, end: number): void {
    const { time, end: ends, before } = this.#series;
    const from = time[first];
    const to = ends[end - 1];
    if (to < this.#window.fromNs || from > this.#window.toNs) return;
    const known = this.#narrow[row];
    const weight = before[end] - before[first];
    if (to - from >= this.#narrowNs) {
      if (known) this.#flush(row, known);
      this.#put(row, from, to, this.#nodeAt(first, row), 1, end - first, weight, 1);
      return;
    }
    if (known && from - known.to < this.#narrowNs) {
      known.to = to;
      known.boxes++;
      known.samples += end - first;
      known.weight += weight;
      known.filled += to - from;
      return;
    }
    if (known) this.#flush(row, known);
    this.#narrow[row] = { from, to, first, boxes: 1, samples: end - first, weight, filled: to - from };
  }

  finish(): StackBoxes {
    for (const [row, narrow] of this.#narrow.entries()) if (narrow) this.#flush(row, narrow);
    const { firstRow, endRow } = this.#window;
    const found = this.#found;
    const row = found.row.finish();
    const rowStart = new Int32Array(endRow - firstRow + 1);
    for (const own of row) rowStart[own - firstRow + 1]++;
    for (let at = 0; at + 1 < rowStart.length; at++) rowStart[at + 1] += rowStart[at];
    const next = rowStart.slice();
    const order = new Int32Array(row.length);
    for (let at = 0; at < row.length; at++) order[next[row[at] - firstRow]++] = at;
    const floats = (column: Float64Column) => Float64Array.from(order, (at) => column.at(at));
    const integers = (column: Int32Column) => Int32Array.from(order, (at) => column.at(at));
    return {
      length: row.length,
      rowStart,
      from: floats(found.from),
      to: floats(found.to),
      node: integers(found.node),
      boxes: integers(found.boxes),
      samples: integers(found.samples),
      weight: floats(found.weight),
      covered: Float32Array.from(order, (at) => found.covered.at(at)),
    };
  }

  #flush(row: number, { from, to, first, boxes, samples, weight, filled }: Narrow): void {
    this.#narrow[row] = undefined;
    const covered = to > from ? Math.min(1, filled / (to - from)) : 1;
    this.#put(row, from, to, boxes === 1 ? this.#nodeAt(first, row) : NONE, boxes, samples, weight, covered);
  }

  #put(
    row: number,
    from: number,
    to: number,
    node: number,
    boxes: number,
    samples: number,
    weight: number,
    covered: number,
  ): void {
    const found = this.#found;
    found.row.push(row);
    found.from.push(from);
    found.to.push(to);
    found.node.push(node);
    found.boxes.push(boxes);
    found.samples.push(samples);
    found.weight.push(weight);
    found.covered.push(covered);
  }

  /** The node on a row of a sample's path. */
  #nodeAt(sample: number, row: number): number {
    const { node, depth } = this.#series;
    let at = node[sample];
    for (let up = depth[sample] - row - 1; up > 0; up--) at = this.#parent[at];
    return at;
  }
}

interface Narrow {
  readonly from: number;
  to: number;
  /** First sample of the first box. */
  readonly first: number;
  boxes: number;
  samples: number;
  weight: number;
  /** Length of the boxes alone. */
  filled: number;
}
