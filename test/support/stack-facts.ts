import { NONE, type Profile, type StackIndex } from '../../src/core/profile/profile.ts';

/** Figures of a profile by a text for each frame, worked out sample by sample from the definitions. */
export interface StackFacts {
  readonly total: number;
  readonly distinctStacks: number;
  readonly maxDepth: number;
  /** By text: the weight of samples it is innermost in. */
  readonly self: ReadonlyMap<string, number>;
  /** By text: the weight of samples it is anywhere in, counted once each. */
  readonly inclusive: ReadonlyMap<string, number>;
}

/** `textOf` gives a frame's text; by default its function's name. */
export function stackFacts(
  profile: Profile,
  value = profile.defaultValue,
  textOf: (frame: number) => string = (frame) => functionName(profile, frame),
): StackFacts {
  const { samples, stacks } = profile;
  const self = new Map<string, number>();
  const inclusive = new Map<string, number>();
  const distinct = new Set<StackIndex>();
  const add = (to: Map<string, number>, text: string, weight: number) => to.set(text, (to.get(text) ?? 0) + weight);
  let [total, maxDepth] = [0, 0];
  for (let sample = 0; sample < samples.length; sample++) {
    const weight = samples.weights[value][sample];
    total += weight;
    distinct.add(samples.stack[sample]);
    const seen = new Set<string>();
    let depth = 0;
    for (let stack = samples.stack[sample]; stack !== NONE; stack = stacks.parent[stack]) {
      const text = textOf(stacks.frame[stack]);
      if (depth++ === 0) add(self, text, weight);
      if (!seen.has(text)) add(inclusive, text, weight);
      seen.add(text);
    }
    maxDepth = Math.max(maxDepth, depth);
  }
  return { total, distinctStacks: distinct.size, maxDepth, self, inclusive };
}

export function functionName({ frames, functions, strings }: Profile, frame: number): string {
  return strings[functions.name[frames.function[frame]]];
}
