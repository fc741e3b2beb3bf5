import { NONE, type StackIndex } from '../../profile/profile.ts';
import type { Durations } from './durations.ts';

/**
 * Nests a trace's durations by time, thread by thread, and gives each stretch between a start and an end with the stack that was on
 * then. One that ends after what it started in is cut there. Gives what was noticed, in words.
 */
export function nest(
  durations: Durations,
  child: (parent: StackIndex, place: number) => StackIndex,
  give: (stack: StackIndex, thread: number, startUs: number, lengthUs: number) => void,
): string[] {
  const { thread, place, start, end, event } = durations;
  const order = Int32Array.from({ length: thread.length }, (_, index) => index);
  order.sort(
    (a, b) =>
      thread.at(a) - thread.at(b) || start.at(a) - start.at(b) || end.at(b) - end.at(a) || event.at(a) - event.at(b),
  );
  // What is open, outermost first: where it ends, and its stack.
  const ends: number[] = [];
  const stacks: StackIndex[] = [];
  let now = 0;
  let own = NONE;
  let empty = 0;
  let overlapping = 0;
  const upTo = (time: number) => {
    while (ends.length > 0 && ends[ends.length - 1] <= time) {
      const last = ends.pop()!;
      const stack = stacks.pop()!;
      if (last > now) give(stack, own, now, last - now);
      now = Math.max(now, last);
    }
    if (ends.length > 0 && time > now) give(stacks[stacks.length - 1], own, now, time - now);
    now = Math.max(now, time);
  };
  for (const index of order) {
    if (thread.at(index) !== own) {
      upTo(Number.POSITIVE_INFINITY);
      own = thread.at(index);
      now = start.at(index);
    }
    if (end.at(index) <= start.at(index)) {
      empty++;
      continue;
    }
    upTo(start.at(index));
    const outer = ends.length > 0 ? ends[ends.length - 1] : Number.POSITIVE_INFINITY;
    // Times are cut to whole microseconds, so that a sound trace may be out by one.
    if (end.at(index) > outer + 1) overlapping++;
    ends.push(Math.min(end.at(index), outer));
    stacks.push(child(stacks.length > 0 ? stacks[stacks.length - 1] : NONE, place.at(index)));
  }
  upTo(Number.POSITIVE_INFINITY);
  const warnings: string[] = [];
  if (empty > 0) warnings.push(`Events that take no time, left out: ${empty}.`);
  if (overlapping > 0) warnings.push(`Events that end after what they started in, cut there: ${overlapping}.`);
  return warnings;
}
