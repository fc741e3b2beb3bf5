import { getOrMake } from '../../get-or-make.ts';
import { byWeight } from '../flame-colours.ts';
import { NONE, type Profile, type ValueIndex } from '../profile.ts';
import { stackWeights } from '../stack-weights.ts';
import { modulePath } from './function-place.ts';
import type { QueryModel } from './query-model.ts';

const known = new WeakMap<QueryModel, Map<ValueIndex, readonly string[]>>();

/** Paths of the modules whose code cost something in the recording, the costliest first: in this order colours are given out. */
export function modulesByCost(model: QueryModel, { value }: { value: ValueIndex }): readonly string[] {
  const ofValue = getOrMake(known, model, () => new Map<ValueIndex, readonly string[]>());
  return getOrMake(ofValue, value, () => orderedModules(model.profile, value));
}

function orderedModules(profile: Profile, value: ValueIndex): readonly string[] {
  const { stacks, frames, functions, modules } = profile;
  const { self } = stackWeights(profile, { value });
  // One more for what is in none.
  const weights = new Float64Array(modules.length + 1);
  for (let stack = 0; stack < stacks.length; stack++) {
    const func = frames.function[stacks.frame[stack]];
    if (func !== NONE) weights[functions.module[func] + 1] += self[stack];
  }
  const byPath = new Map<string, number>();
  weights.forEach((weight, at) => {
    const path = modulePath(profile, at - 1);
    if (weight !== 0) byPath.set(path, (byPath.get(path) ?? 0) + weight);
  });
  return byWeight(byPath);
}
