import { type Neighbour, neighbours } from '../neighbours.ts';
import type { FrameIndex, FunctionIndex, Profile } from '../profile.ts';
import { sampleCountValue } from '../sample-counts.ts';
import { type FunctionPlace, framePlace, functionPlace } from './function-place.ts';
import type { Measure, QueryModel, View } from './query-model.ts';

/** Callers of a place and the calls made from it, most weight first. */
export interface NeighboursAnswer extends Measure {
  readonly focusSelf: number;
  readonly focusTotal: number;
  /** Samples that the place is anywhere in; NaN where the profile doesn't count samples. */
  readonly samples: number;
  /** Places of the calls: function and line of the caller. Without a function where nothing called it. */
  readonly callers: readonly NeighbourPlace[];
  /** What is called: its function with the line of its definition. */
  readonly callees: readonly NeighbourPlace[];
}

export interface NeighbourPlace extends FunctionPlace {
  readonly weight: number;
}

/** Callers and callees of a function, or of several taken as one (a template's instances): a sample counts once. */
export function functionNeighbours(
  model: QueryModel,
  { view, function: func }: { view: View; function: FunctionIndex | readonly FunctionIndex[] },
): NeighboursAnswer {
  const wanted = new Set([func].flat());
  return answer(
    model,
    view,
    ({ frames }) =>
      (frame) =>
        wanted.has(frames.function[frame]),
  );
}

/** Callers of, and calls made from, one line of a file that is named as recorded. */
export function lineNeighbours(
  model: QueryModel,
  { view, file, line }: { view: View; file: string; line: number },
): NeighboursAnswer {
  return answer(
    model,
    view,
    ({ frames, strings }) =>
      (frame) =>
        frames.line[frame] === line && strings[frames.file[frame]] === file,
  );
}

function answer(
  model: QueryModel,
  view: View,
  focusOf: (profile: Profile) => (frame: FrameIndex) => boolean,
): NeighboursAnswer {
  const { profile, weights, measure } = model.viewed(view);
  const focus = focusOf(profile);
  const { self, total, callers, callees } = neighbours(profile, weights, focus);
  const count = sampleCountValue(profile, view.value);
  let samples = Number.NaN;
  if (count !== undefined) {
    // How many there were, not how many per something. What is done to stacks is the same.
    const operations = view.operations.filter(({ op }) => op !== 'per' && op !== 'per-second');
    const counting = model.viewed({ ...view, value: count, operations }).weights;
    samples = counting === weights ? total : neighbours(profile, counting, focus).total;
  }
  const place = (at: (neighbour: Neighbour) => FunctionPlace) => (neighbour: Neighbour) => ({
    ...at(neighbour),
    weight: neighbour.weight,
  });
  return {
    ...measure,
    focusSelf: self,
    focusTotal: total,
    samples,
    callers: callers.map(place(({ frame }) => framePlace(profile, frame))),
    callees: callees.map(place((callee) => functionPlace(profile, callee.function))),
  };
}
