import type { FunctionIndex } from '../profile.ts';
import { sandwichStacks } from '../sandwich-stacks.ts';
import { type FlameTree, flameTree } from './flame-graph.ts';
import { type FunctionPlace, functionPlace } from './function-place.ts';
import type { QueryModel, View } from './query-model.ts';

/** A function between what led to it and what it led to. */
export interface SandwichAnswer {
  /** Weight of everything in view. */
  readonly whole: number;
  /** Weight of the samples that the function is anywhere in; the root's total in both trees. */
  readonly total: number;
  readonly places: readonly FunctionPlace[];
  /** The root is the function; below it who called it, the nearest first. What calls itself has the callers of its outermost call. */
  readonly callers: FlameTree;
  /** The root is the function, its self what its outermost call cost itself; below it what was called, its own inner calls among that. */
  readonly callees: FlameTree;
}

/** Callers and callees of a function, or of several taken as one (a template's instances), all the way: a sample counts once. */
export function sandwich(
  model: QueryModel,
  { view, function: func }: { view: View; function: FunctionIndex | readonly FunctionIndex[] },
): SandwichAnswer {
  const { profile, weights } = model.viewed(view);
  const wanted = new Set([func].flat());
  const { callers, callees } = sandwichStacks(profile, weights, (frame) => wanted.has(profile.frames.function[frame]));
  return {
    whole: weights.size,
    total: callees.weights.total,
    places: [...wanted].map((index) => functionPlace(profile, index)),
    callers: flameTree(callers, view.value),
    callees: flameTree(callees, view.value),
  };
}
