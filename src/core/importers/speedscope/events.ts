import { Float64Column, Int32Column } from '../../profile/column.ts';
import { NONE } from '../../profile/profile.ts';
import type { StackNode, StackTree } from '../reading/stack-tree.ts';

export interface EventColumns {
  /** 1 where the event opens a frame, 0 where it closes one. */
  readonly isOpening: Int32Column;
  readonly frame: Int32Column;
  readonly at: Float64Column;
}

/**
 * What was on the stack between one event and the next. A frame that is closed while others are open above it is taken out from below
 * them; one that isn't open is passed over; one that is never closed lasts to the end.
 */
export function stacksOfEvents({ isOpening, frame, at }: EventColumns, endValue: number, tree: StackTree) {
  const stacks = new Int32Column();
  const weights = new Float64Column();
  const starts = new Float64Column();
  const warnings: string[] = [];
  const counts = { backwards: 0, notOnTop: 0, notOpen: 0 };
  let stack: StackNode = NONE;
  let last = at.at(0);
  let rebuilt = 0;
  const upTo = (time: number) => {
    if (time > last && stack !== NONE) {
      stacks.push(stack);
      starts.push(last);
      weights.push(time - last);
    }
    if (time > last) last = time;
  };
  for (let event = 0; event < at.length; event++) {
    if (at.at(event) < last) counts.backwards++;
    upTo(at.at(event));
    const own = frame.at(event);
    if (isOpening.at(event) === 1) {
      stack = tree.child(stack, own);
    } else if (stack !== NONE && tree.frameOf(stack) === own) {
      stack = tree.parentOf(stack);
    } else {
      const without = rebuilt < MOST_REBUILT ? withoutFrame(tree, stack, own) : undefined;
      if (without) rebuilt += without.rebuilt;
      if (without === undefined) counts.notOpen++;
      else {
        counts.notOnTop++;
        stack = without.stack;
      }
    }
  }
  let open = 0;
  for (let node = stack; node !== NONE; node = tree.parentOf(node)) open++;
  if (open > 0) upTo(endValue);
  if (counts.backwards > 0)
    warnings.push(`Events earlier than the one before, taken as of its time: ${counts.backwards}.`);
  if (counts.notOnTop > 0) warnings.push(`Frames closed while others were open above them: ${counts.notOnTop}.`);
  if (counts.notOpen > 0)
    warnings.push(`Frames closed that weren't open, or too deep in the stack, passed over: ${counts.notOpen}.`);
  if (open > 0) warnings.push(`Frames that were never closed, taken to last to the end: ${open}.`);
  return { stacks: stacks.finish(), weights: weights.finish(), starts: starts.finish(), warnings };
}

/** The stack without the innermost of such a frame, and how many frames were put anew; undefined where there's none. */
function withoutFrame(
  tree: StackTree,
  stack: StackNode,
  frame: number,
): { stack: StackNode; rebuilt: number } | undefined {
  const above: number[] = [];
  let node = stack;
  while (node !== NONE && tree.frameOf(node) !== frame) {
    above.push(tree.frameOf(node));
    node = tree.parentOf(node);
  }
  if (node === NONE) return undefined;
  let result = tree.parentOf(node);
  for (let at = above.length - 1; at >= 0; at--) result = tree.child(result, above[at]);
  return { stack: result, rebuilt: above.length };
}

/** Frames put anew on what is below them: more would only come of a file that is made to be slow. */
const MOST_REBUILT = 1e6;
