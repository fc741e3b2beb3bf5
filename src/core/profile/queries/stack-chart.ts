import type { CallPaths } from '../call-tree.ts';
import { type FlameColouring, type FlameColours, flameColours, type Swatch, seenGroups } from '../flame-colours.ts';
import { NONE, type ThreadIndex, type ValueType } from '../profile.ts';
import { seriesOf } from '../time/known-timelines.ts';
import { stackBoxes } from '../time/stack-boxes.ts';
import { codeGroups } from './code-groups.ts';
import { type FlameFunctions, type FlameTree, flameFunctions } from './flame-graph.ts';
import type { QueryModel, View, Viewed } from './query-model.ts';
import type { TimeSpan } from './thread-tracks.ts';

/**
 * Stacks in order of time, as boxes: how long which function was called on which row, as far as samples tell. Columns of one length, row
 * by row and in order of time.
 */
export interface StackChart {
  readonly value: ValueType;
  readonly threads: readonly ThreadIndex[];
  readonly window: TimeSpan;
  /** The first row that was asked for; 0 is that of the outermost functions. */
  readonly firstRow: number;
  /** By row from `firstRow` on, and one more at the end: its first box. */
  readonly rowStart: Int32Array;
  /** How many rows there are in all, of these threads at any time. */
  readonly height: number;
  /** Whether deeper calls were left out: the height is then the deepest that is drawn. */
  readonly isCut: boolean;
  /** Nanoseconds; not cut off at the window, so that a box has its full length. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Position in `functions`; NONE where the box stands for several, each narrower than half a pixel. */
  readonly function: Int32Array;
  /** How many boxes it stands for: 1 for a box. */
  readonly boxes: Int32Array;
  readonly samples: Int32Array;
  readonly weight: Float64Array;
  /** How much of its length is boxes, 0 to 1. */
  readonly covered: Float32Array;
  /** Position in FRAME_KINDS; 0 where it stands for several. */
  readonly kind: Uint8Array;
  /** 1 where the call was inlined. */
  readonly inlined: Uint8Array;
  /** Line of one of the frames in its function's file; 0 where it isn't known. */
  readonly line: Uint32Array;
  readonly functions: FlameFunctions;
  /** By function: position in `legend`. Colours are those of everything in view, so that they stay while one zooms. */
  readonly swatch: Uint8Array;
  readonly legend: readonly Swatch[];
}

export interface ChartOptions {
  readonly view: View;
  /** NONE is what names no thread. Several are taken as one, in order of time. */
  readonly threads: readonly ThreadIndex[];
  readonly window: TimeSpan;
  /** Pixels that the window is wide. */
  readonly columns: number;
  readonly firstRow: number;
  readonly rows: number;
  readonly colouring: FlameColouring;
}

export function stackChart(model: QueryModel, options: ChartOptions): StackChart {
  const { view, threads, window, columns, firstRow } = options;
  if (!(columns > 0 && window.toNs > window.fromNs)) {
    throw new RangeError(`a chart of ${columns} pixels from ${window.fromNs} to ${window.toNs} ns was asked for`);
  }
  const { series, paths } = seriesOf(model, view, threads);
  const viewed = model.viewed(view);
  const { profile } = viewed;
  const { frames, functions } = profile;
  const endRow = Math.max(firstRow, Math.min(series.height, firstRow + options.rows));
  const boxes = stackBoxes(series, paths.parent, { ...window, columns, firstRow, endRow });
  const positions = new Map<number, number>();
  const used: number[] = [];
  const own = Int32Array.from(boxes.node, (node) => {
    if (node === NONE) return NONE;
    const func = paths.function[node];
    let position = positions.get(func);
    if (position === undefined) {
      position = used.push(func) - 1;
      positions.set(func, position);
    }
    return position;
  });
  const frameOf = (node: number) => paths.frame[node];
  const colours = coloursOf(model, viewed, paths, options);
  return {
    value: profile.values[view.value],
    threads,
    window,
    firstRow,
    rowStart: boxes.rowStart,
    height: series.height,
    isCut: series.isCut,
    from: boxes.from,
    to: boxes.to,
    function: own,
    boxes: boxes.boxes,
    samples: boxes.samples,
    weight: boxes.weight,
    covered: boxes.covered,
    kind: Uint8Array.from(boxes.node, (node) => (node === NONE ? 0 : frames.kind[frameOf(node)])),
    inlined: Uint8Array.from(boxes.node, (node) => (node === NONE ? 0 : frames.inlined[frameOf(node)])),
    line: Uint32Array.from(boxes.node, (node) => {
      if (node === NONE) return 0;
      const frame = frameOf(node);
      return frames.file[frame] === functions.file[frames.function[frame]] ? frames.line[frame] : 0;
    }),
    functions: flameFunctions(profile, used),
    swatch: Uint8Array.from(used, (func) => colours.swatch[func] ?? 0),
    legend: colours.legend,
  };
}

/** The flame graph's own colours of everything in view, by function of the profile. */
function coloursOf(
  model: QueryModel,
  viewed: Viewed,
  paths: CallPaths,
  { view: { value }, colouring }: ChartOptions,
): FlameColours {
  let known = COLOURS.get(viewed);
  if (!known) {
    known = new Map();
    COLOURS.set(viewed, known);
  }
  let colours = known.get(colouring);
  if (!colours) {
    const tree = weighedPaths(viewed, paths, value);
    const { swatch, legend } = flameColours(tree, colouring, seenGroups(codeGroups(model, { value })));
    const byFunction = new Uint8Array(viewed.profile.functions.length);
    tree.functions.index.forEach((func, at) => {
      byFunction[func] = swatch[at];
    });
    colours = { swatch: byFunction, legend };
    known.set(colouring, colours);
  }
  return colours;
}

/** As much of a flame graph's tree as colours go by: no totals but the whole. */
function weighedPaths({ profile, weights }: Viewed, paths: CallPaths, value: number): FlameTree {
  const { length, parent, nodeOfStack } = paths;
  const self = new Float64Array(length);
  const position = new Int32Array(profile.functions.length).fill(NONE);
  const used: number[] = [];
  for (let stack = 0; stack < nodeOfStack.length; stack++) {
    if (weights.touched[stack] === 0) continue;
    const node = nodeOfStack[stack];
    self[node] += weights.self[stack];
    const func = paths.function[node];
    if (position[func] === NONE) position[func] = used.push(func) - 1;
  }
  // What nothing in view has called weighs nothing, and is no function of this tree.
  const own = new Int32Array(length).fill(NONE);
  const kind = new Uint8Array(length);
  for (let node = 1; node < length; node++) {
    own[node] = position[paths.function[node]];
    kind[node] = profile.frames.kind[paths.frame[node]];
  }
  const nothing = new Uint32Array(0);
  const functions = flameFunctions(profile, used);
  return {
    value: profile.values[value],
    parent,
    self,
    total: Float64Array.of(weights.total),
    function: own,
    inlined: new Uint8Array(0),
    kind,
    line: nothing,
    functions,
  };
}

const COLOURS = new WeakMap<Viewed, Map<FlameColouring, FlameColours>>();
