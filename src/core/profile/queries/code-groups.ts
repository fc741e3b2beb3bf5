import { getOrMake } from '../../get-or-make.ts';
import { type CodeGroups, codeGrouping, groupOfEach, pathOfModule } from '../code-group.ts';
import { byWeight } from '../flame-colours.ts';
import { NONE, type Profile, type ValueIndex } from '../profile.ts';
import { stackWeights } from '../stack-weights.ts';
import { flameFunctions } from './flame-graph.ts';
import type { QueryModel } from './query-model.ts';

const known = new WeakMap<QueryModel, Map<ValueIndex, CodeGroups>>();

/** Modules or packages whose code cost something in the recording, the costliest first: in this order colours are given out. */
export function codeGroups(model: QueryModel, { value }: { value: ValueIndex }): CodeGroups {
  const ofValue = getOrMake(known, model, () => new Map<ValueIndex, CodeGroups>());
  return getOrMake(ofValue, value, () => orderedGroups(model.profile, value));
}

function orderedGroups(profile: Profile, value: ValueIndex): CodeGroups {
  const { stacks, frames } = profile;
  const functions = flameFunctions(profile, [...Array(profile.functions.length).keys()]);
  const by = codeGrouping(Array.from(functions.module, (module) => pathOfModule(functions, module)));
  const groups = groupOfEach(functions, by);
  const { self } = stackWeights(profile, { value });
  const weights = new Map<string, number>();
  for (let stack = 0; stack < stacks.length; stack++) {
    const func = frames.function[stacks.frame[stack]];
    if (func === NONE || self[stack] === 0) continue;
    weights.set(groups[func], (weights.get(groups[func]) ?? 0) + self[stack]);
  }
  return { by, names: byWeight(weights) };
}
