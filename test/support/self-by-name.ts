import { NONE, type Profile, type ValueIndex } from '../../src/core/profile/profile.ts';

type NameOf = (name: string, startLine: number, file: string) => string;

/** Self weight by name of the function, added up from the samples; `''` for samples without a stack. */
export function selfByName(profile: Profile, value: ValueIndex, nameOf: NameOf = (name) => name): Map<string, number> {
  const { samples, stacks, frames, functions, strings } = profile;
  const sums = new Map<string, number>();
  for (let sample = 0; sample < samples.length; sample++) {
    const stack = samples.stack[sample];
    const func = stack === NONE ? NONE : frames.function[stacks.frame[stack]];
    const name =
      func === NONE
        ? ''
        : nameOf(strings[functions.name[func]], functions.startLine[func], strings[functions.file[func]]);
    sums.set(name, (sums.get(name) ?? 0) + samples.weights[value][sample]);
  }
  return sums;
}
