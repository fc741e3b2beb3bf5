import { preorder } from '../preorder.ts';
import { NONE, type Profile, type StackIndex } from '../profile.ts';
import { hostStacks, RebuiltStacks } from '../rebuilt-stacks.ts';

/**
 * A function that calls itself is one frame: that of the innermost call, so that its own cost and its calls lie on the lines they were on.
 * No sample is lost, and a function that isn't recursive keeps its figures.
 */
export function collapseRecursion(profile: Profile): Profile {
  const { stacks, frames } = profile;
  const hosts = hostStacks(profile);
  const rebuilt = new RebuiltStacks(profile);
  const { mapped } = rebuilt;
  /** By stack: the outermost stack of the run of one function that its innermost frame is in. */
  const runStart = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    const func = frames.function[stacks.frame[stack]];
    const isAgain = parent !== NONE && func !== NONE && frames.function[stacks.frame[parent]] === func;
    const start = isAgain ? runStart[parent] : stack;
    runStart[stack] = start;
    const outside = stacks.parent[start];
    mapped[stack] = rebuilt.add(outside === NONE ? NONE : mapped[outside], innermostOf(stack, start));
  }
  return rebuilt.finish();

  /** The frame that stands for a run: its innermost, inlined only where the run as a whole is inlined into something else. */
  function innermostOf(stack: StackIndex, start: StackIndex): number {
    const own = stacks.frame[stack];
    const isWithinRun = hosts[stack] !== stack && hosts[stack] >= start;
    return isWithinRun ? rebuilt.onItsOwn(own, stacks.frame[hosts[stack]]) : own;
  }
}

/**
 * A function that is called again from itself, directly or through others, goes on in the frame it has already: a cycle is left out with
 * what else is in it, whose totals fall. No sample is lost; where a function is anywhere in a stack it stays there once, or goes with a cycle.
 */
export function collapseCycles(profile: Profile): Profile {
  const { stacks, frames, functions } = profile;
  const hosts = hostStacks(profile);
  const rebuilt = new RebuiltStacks(profile);
  const { mapped } = rebuilt;
  const { order, height } = preorder(stacks);
  // The collapsed path of the stack that is walked, by depth; what is beyond its length is left from before, and never trusted.
  const pathFunction = new Int32Array(height).fill(NONE);
  const pathNode = new Int32Array(height);
  const placeOf = new Int32Array(functions.length).fill(NONE);
  /** By stack: the length of its collapsed path, and what its step replaced, to be put back when the walk leaves it. */
  const lengthOf = new Int32Array(stacks.length);
  const undo = {
    func: new Int32Array(stacks.length),
    node: new Int32Array(stacks.length),
    place: new Int32Array(stacks.length),
  };
  const walked = new Int32Array(height);
  let depth = 0;
  for (let i = 0; i < order.length; i++) {
    const stack = order[i];
    const parent = stacks.parent[stack];
    while (depth > 0 && walked[depth - 1] !== parent) leave(walked[--depth]);
    const func = frames.function[stacks.frame[stack]];
    const before = parent === NONE ? 0 : lengthOf[parent];
    const known = func === NONE ? NONE : placeOf[func];
    const isAgain = known !== NONE && known < before && pathFunction[known] === func;
    const at = isAgain ? known : before;
    const host = hosts[stack];
    const own = stacks.frame[stack];
    // What it was inlined into is in the cycle, or is that very frame, or isn't the frame below it any more.
    const isStranded = host !== stack && isAgain;
    const node = rebuilt.add(
      at === 0 ? NONE : pathNode[at - 1],
      isStranded ? rebuilt.onItsOwn(own, stacks.frame[host]) : own,
    );
    undo.func[stack] = pathFunction[at];
    undo.node[stack] = pathNode[at];
    undo.place[stack] = known;
    pathFunction[at] = func;
    pathNode[at] = node;
    if (func !== NONE) placeOf[func] = at;
    lengthOf[stack] = at + 1;
    mapped[stack] = node;
    walked[depth++] = stack;
  }
  return rebuilt.finish();

  function leave(stack: StackIndex): void {
    const at = lengthOf[stack] - 1;
    const func = frames.function[stacks.frame[stack]];
    if (func !== NONE) placeOf[func] = undo.place[stack];
    pathFunction[at] = undo.func[stack];
    pathNode[at] = undo.node[stack];
  }
}
