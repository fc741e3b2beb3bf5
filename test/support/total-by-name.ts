import { NONE, type Profile, type ValueIndex } from '../../src/core/profile/profile.ts';

/** Total weight by name of the function: a sample counts once for each name in its stack. */
export function totalByName(profile: Profile, value: ValueIndex): Map<string, number> {
  const { samples, stacks, frames, functions, strings } = profile;
  const sums = new Map<string, number>();
  for (let sample = 0; sample < samples.length; sample++) {
    const names = new Set<string>();
    for (let stack = samples.stack[sample]; stack !== NONE; stack = stacks.parent[stack]) {
      names.add(strings[functions.name[frames.function[stacks.frame[stack]]]]);
    }
    for (const name of names) sums.set(name, (sums.get(name) ?? 0) + samples.weights[value][sample]);
  }
  return sums;
}
