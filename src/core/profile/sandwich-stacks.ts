import { Int32Column } from './column.ts';
import { IntKeyMap } from './int-key-map.ts';
import { invertedStacks } from './inverted-stacks.ts';
import { type WeighedStacks, weighed } from './inverted-weights.ts';
import { subtreeTotals } from './key-totals.ts';
import { type FrameIndex, NONE, type Profile } from './profile.ts';
import type { StackWeights } from './stack-weights.ts';

/** A place in code with everything that led to it and everything that it led to. The roots of both trees are that place. */
export interface SandwichStacks {
  /** Callers, nearest first. */
  readonly callers: WeighedStacks;
  readonly callees: WeighedStacks;
}

/**
 * The stacks above and below the frames for which `isFocus` says yes. With recursion a sample counts once, by the outermost of them in its
 * stack: its callers are what called the recursion as a whole, and the inner calls are among its callees, as speedscope's sandwich view has it.
 * So both trees weigh what the place's total is.
 */
export function sandwichStacks(
  profile: Profile,
  weights: StackWeights,
  isFocus: (frame: FrameIndex) => boolean,
): SandwichStacks {
  const { stacks, frames } = profile;
  const focus = Uint8Array.from({ length: frames.length }, (_, frame) => (isFocus(frame) ? 1 : 0));
  const subtree = subtreeTotals(stacks, weights.self);
  /** By stack: 1 where it ends in the outermost frame in focus, 2 below that. */
  const place = new Uint8Array(stacks.length);
  /** By stack that called one in focus: the weight of those. */
  const called = new Float64Array(stacks.length);
  const isCaller = new Uint8Array(stacks.length);
  const below = new Int32Array(stacks.length).fill(NONE);
  const known = new IntKeyMap(1024);
  const parent = new Int32Column(1024);
  const frame = new Int32Column(1024);
  const self: number[] = [];
  const touched: number[] = [];
  let total = 0;
  let uncalled = 0;
  let ended = 0;
  for (let stack = 0; stack < stacks.length; stack++) {
    if (weights.touched[stack] === 0) continue;
    const up = stacks.parent[stack];
    if (up !== NONE && place[up] > 0) {
      place[stack] = 2;
      const above = below[up];
      let node = known.get(above, stacks.frame[stack]);
      if (node === -1) {
        parent.push(above);
        node = frame.push(stacks.frame[stack]);
        known.set(above, stacks.frame[stack], node);
        self.push(0);
        touched.push(1);
      }
      below[stack] = node;
      self[node] += weights.self[stack];
    } else if (focus[stacks.frame[stack]] === 1) {
      place[stack] = 1;
      total += subtree[stack];
      ended += weights.self[stack];
      if (up === NONE) uncalled += subtree[stack];
      else {
        called[up] += subtree[stack];
        isCaller[up] = 1;
      }
    }
  }
  return {
    callers: weighed(profile, { ...weights, total, stackless: uncalled }, invertedStacks(stacks, isCaller), called),
    callees: {
      profile: { ...profile, stacks: { length: parent.length, parent: parent.finish(), frame: frame.finish() } },
      weights: {
        self: Float64Array.from(self),
        touched: Uint8Array.from(touched),
        total,
        size: weights.size,
        stackless: ended,
        sampleCount: weights.sampleCount,
        recorded: weights.recorded,
      },
    },
  };
}
