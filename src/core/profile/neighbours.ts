import { subtreeTotals } from './key-totals.ts';
import { preorder } from './preorder.ts';
import { type FrameIndex, type FunctionIndex, NONE, type Profile } from './profile.ts';
import type { StackWeights } from './stack-weights.ts';

export interface Neighbour {
  /** NONE among callers: nothing called it, it is outermost. */
  readonly function: FunctionIndex;
  /** Weight of the samples that have this call in their stack; a sample counts once per neighbour. */
  readonly weight: number;
  /** A frame of the neighbour (for a caller the line of the call), the one with the most weight. NONE without a caller. */
  readonly frame: FrameIndex;
}

/** What calls a place in code and what it calls, most weight first. */
export interface Neighbours {
  readonly self: number;
  readonly total: number;
  readonly callers: readonly Neighbour[];
  readonly callees: readonly Neighbour[];
}

/**
 * Callers and callees of the frames for which `isFocus` says yes: a function's frames, or the frames of one line. A sample counts
 * once for each distinct caller and for each distinct callee, so recursion doesn't inflate either. A caller that is itself in focus
 * (recursion) is listed as a caller.
 */
export function neighbours(
  profile: Profile,
  weights: StackWeights,
  isFocus: (frame: FrameIndex) => boolean,
): Neighbours {
  const { stacks, frames } = profile;
  const focus = Uint8Array.from({ length: frames.length }, (_, frame) => (isFocus(frame) ? 1 : 0));
  const subtree = subtreeTotals(stacks, weights.self);
  const { order, depth, height } = preorder(stacks);
  const callers = new Calls(profile, height);
  const callees = new Calls(profile, height);
  let self = 0;
  let total = 0;
  const focusAbove = new Int32Array(height + 1);
  for (let i = 0; i < order.length; i++) {
    const stack = order[i];
    const at = depth[stack];
    const inFocus = focus[stacks.frame[stack]] === 1;
    const up = stacks.parent[stack];
    focusAbove[at + 1] = focusAbove[at] + (inFocus ? 1 : 0);
    callers.leaveTo(at);
    callees.leaveTo(at);
    if (inFocus) {
      self += weights.self[stack];
      if (focusAbove[at] === 0) total += subtree[stack];
      callers.enter(up === NONE ? NONE : stacks.frame[up], at, subtree[stack]);
    }
    if (up !== NONE && focus[stacks.frame[up]] === 1) callees.enter(stacks.frame[stack], at, subtree[stack]);
  }
  return { self, total, callers: callers.sorted(), callees: callees.sorted() };
}

/** Adds up one side's neighbours on a depth-first walk: a neighbour counts where it isn't on the path already. */
class Calls {
  readonly #functionOf: Int32Array;
  readonly #onPath = new Map<FunctionIndex, number>();
  readonly #byFunction = new Map<FunctionIndex, { weight: number; frames: Map<FrameIndex, number> }>();
  readonly #path: Int32Array;
  readonly #pathDepth: Int32Array;
  #pathLength = 0;

  constructor(profile: Profile, height: number) {
    this.#functionOf = profile.frames.function;
    this.#path = new Int32Array(height);
    this.#pathDepth = new Int32Array(height);
  }

  leaveTo(depth: number): void {
    while (this.#pathLength > 0 && this.#pathDepth[this.#pathLength - 1] >= depth) {
      const left = this.#path[--this.#pathLength];
      this.#onPath.set(left, this.#onPath.get(left)! - 1);
    }
  }

  enter(frame: FrameIndex, depth: number, weight: number): void {
    const func = frame === NONE ? NONE : this.#functionOf[frame];
    const times = this.#onPath.get(func) ?? 0;
    this.#onPath.set(func, times + 1);
    this.#path[this.#pathLength] = func;
    this.#pathDepth[this.#pathLength++] = depth;
    if (times > 0) return;
    let entry = this.#byFunction.get(func);
    if (!entry) {
      entry = { weight: 0, frames: new Map() };
      this.#byFunction.set(func, entry);
    }
    entry.weight += weight;
    entry.frames.set(frame, (entry.frames.get(frame) ?? 0) + weight);
  }

  sorted(): Neighbour[] {
    return [...this.#byFunction]
      .filter(([, { weight }]) => weight !== 0)
      .map(([func, { weight, frames }]) => {
        const [frame] = [...frames].reduce((best, next) => (next[1] > best[1] ? next : best));
        return { function: func, weight, frame };
      })
      .sort((a, b) => b.weight - a.weight);
  }
}
