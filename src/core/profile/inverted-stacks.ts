import { Int32Column } from './column.ts';
import { IntKeyMap } from './int-key-map.ts';
import { NONE, type StackTable } from './profile.ts';

/** Stacks turned round: the innermost frame comes first, then what called it. */
export interface InvertedStacks {
  readonly stacks: StackTable;
  /** By stack that was asked for: its inverted stack; NONE for the others. */
  readonly mapped: Int32Array;
  /** Frames that an inverted stack has at most; infinite where none was cut. Of a longer one the outermost callers are left out. */
  readonly cutDepth: number;
}

/**
 * Turns the stacks round for which `isWanted` is 1. What many stacks share at their outer end they don't share when they are turned round, so
 * the result can be as large as all of them spelt out; `most` bounds that: beyond it, stacks are cut at the depth that keeps to it.
 */
export function invertedStacks(stacks: StackTable, isWanted: Uint8Array, most = MOST_FRAMES): InvertedStacks {
  const depth = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    depth[stack] = stacks.parent[stack] === NONE ? 1 : depth[stacks.parent[stack]] + 1;
  }
  const cutDepth = depthWithin(depth, isWanted, most);
  const known = new IntKeyMap(1024);
  const parent = new Int32Column(1024);
  const frame = new Int32Column(1024);
  const mapped = new Int32Array(stacks.length).fill(NONE);
  for (let stack = 0; stack < stacks.length; stack++) {
    if (isWanted[stack] === 0) continue;
    let top = NONE;
    let length = 0;
    for (let at = stack; at !== NONE && length < cutDepth; at = stacks.parent[at], length++) {
      let index = known.get(top, stacks.frame[at]);
      if (index === -1) {
        parent.push(top);
        index = frame.push(stacks.frame[at]);
        known.set(top, stacks.frame[at], index);
      }
      top = index;
    }
    mapped[stack] = top;
  }
  return { stacks: { length: parent.length, parent: parent.finish(), frame: frame.finish() }, mapped, cutDepth };
}

/** The largest depth at which the wanted stacks have no more than `most` frames together, at least 1; infinite where none needs cutting. */
function depthWithin(depth: Int32Array, isWanted: Uint8Array, most: number): number {
  let deepest = 0;
  let total = 0;
  for (let stack = 0; stack < depth.length; stack++) {
    if (isWanted[stack] === 0) continue;
    total += depth[stack];
    if (depth[stack] > deepest) deepest = depth[stack];
  }
  if (total <= most) return Number.POSITIVE_INFINITY;
  /** By depth: wanted stacks that are at least so deep. */
  const reaching = new Float64Array(deepest + 2);
  for (let stack = 0; stack < depth.length; stack++) if (isWanted[stack] === 1) reaching[depth[stack]]++;
  for (let at = deepest - 1; at > 0; at--) reaching[at] += reaching[at + 1];
  let frames = 0;
  let cut = 0;
  while (cut < deepest && frames + reaching[cut + 1] <= most) frames += reaching[++cut];
  return Math.max(1, cut);
}

/** A second or so of work. */
const MOST_FRAMES = 30_000_000;
