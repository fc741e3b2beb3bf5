import type { CallPaths } from '../call-tree.ts';
import { NONE, type Profile, type ThreadIndex } from '../profile.ts';
import type { Timeline } from './timeline.ts';

/** The samples of one thread, or of several taken as one, in order of time, with what each has in common with the one before. */
export interface StackSeries {
  readonly time: Float64Array;
  readonly end: Float64Array;
  /** By sample: its node in the call paths, or the node at MOST_DEPTH that it is below of. */
  readonly node: Int32Array;
  /** By sample: how many functions its path has. */
  readonly depth: Uint16Array;
  /** By sample: how many of them, from the outermost on, go on from the sample before: 0 after a gap. */
  readonly common: Uint16Array;
  /** By sample, and one more: the weight of all before it. */
  readonly before: Float64Array;
  /** The largest depth. */
  readonly height: number;
  /** Whether paths were cut at MOST_DEPTH. */
  readonly isCut: boolean;
}

/** Deeper calls aren't drawn: nobody scrolls so far, and to compare stacks of any depth would take any time. */
export const MOST_DEPTH = 1000;

/** O(samples × depth that changes between one and the next). */
export function stackSeries(
  profile: Profile,
  line: Timeline,
  paths: CallPaths,
  threads: readonly ThreadIndex[],
): StackSeries {
  const rows = rowsOf(line, threads);
  const { depths, shown, isCut } = cutDepths(paths);
  const length = rows.length;
  const time = new Float64Array(length);
  const end = new Float64Array(length);
  const node = new Int32Array(length);
  const depth = new Uint16Array(length);
  const common = new Uint16Array(length);
  const before = new Float64Array(length + 1);
  let height = 0;
  for (let at = 0; at < length; at++) {
    const row = rows[at];
    const stack = profile.samples.stack[line.sample[row]];
    time[at] = line.time[row];
    // Threads that run side by side cut one another short here.
    end[at] = at + 1 < length ? Math.min(line.end[row], line.time[rows[at + 1]]) : line.end[row];
    node[at] = stack === NONE ? 0 : shown[paths.nodeOfStack[stack]];
    depth[at] = depths[node[at]];
    if (depth[at] > height) height = depth[at];
    before[at + 1] = before[at] + line.weight[row];
    if (at > 0 && end[at - 1] >= time[at]) common[at] = commonDepth(paths.parent, depths, node[at - 1], node[at]);
  }
  return { time, end, node, depth, common, before, height, isCut };
}

/** Rows of the threads' tracks, in order of time. */
function rowsOf({ thread, start, time }: Timeline, threads: readonly ThreadIndex[]): Int32Array {
  const tracks = thread.flatMap((own, track) => (threads.includes(own) ? [track] : []));
  const length = tracks.reduce((sum, track) => sum + start[track + 1] - start[track], 0);
  const rows = new Int32Array(length);
  let put = 0;
  for (const track of tracks) for (let row = start[track]; row < start[track + 1]; row++) rows[put++] = row;
  if (tracks.length > 1) rows.sort((a, b) => time[a] - time[b] || a - b);
  return rows;
}

/** By node: its depth, and the node that stands for it where it is too deep. */
function cutDepths({ parent, length }: CallPaths) {
  const depths = new Uint16Array(length);
  const shown = new Int32Array(length);
  let isCut = false;
  for (let node = 1; node < length; node++) {
    const up = parent[node];
    const isTooDeep = shown[up] !== up || depths[up] === MOST_DEPTH;
    shown[node] = isTooDeep ? shown[up] : node;
    depths[node] = isTooDeep ? MOST_DEPTH : depths[up] + 1;
    if (isTooDeep) isCut = true;
  }
  return { depths, shown, isCut };
}

/** How deep the last node is that both are below of, or are. */
function commonDepth(parent: Int32Array, depths: Uint16Array, one: number, other: number): number {
  let [a, b] = [one, other];
  while (a !== b) {
    if (depths[a] >= depths[b]) a = parent[a];
    else b = parent[b];
  }
  return depths[a];
}
