import { type InvertedStacks, invertedStacks } from './inverted-stacks.ts';
import { NONE, type Profile } from './profile.ts';
import type { StackWeights } from './stack-weights.ts';

/** A profile's tables with stacks that aren't its samples', and what those weigh. */
export interface WeighedStacks {
  readonly profile: Profile;
  readonly weights: StackWeights;
  /** Frames that a stack has at most, where longer ones were cut; infinite where none was. */
  readonly cutDepth?: number;
}

/**
 * The stacks that weigh something turned round, innermost frame first. Of an inlined frame it isn't told there, for what it was inlined into comes
 * after it.
 */
export function invertedWeights(profile: Profile, weights: StackWeights): WeighedStacks {
  const { stacks } = profile;
  // A stack is also touched where only what it calls was sampled; what counts is whether it ends a sample.
  const isWanted = Uint8Array.from(weights.self, (weight) => (weight === 0 ? 0 : 1));
  return weighed(profile, weights, invertedStacks(stacks, isWanted), weights.self);
}

/** Inverted stacks with the weights of those they were made of. */
export function weighed(
  profile: Profile,
  weights: StackWeights,
  { stacks, mapped, cutDepth }: InvertedStacks,
  ownWeights: Float64Array,
): WeighedStacks {
  const self = new Float64Array(stacks.length);
  for (let stack = 0; stack < mapped.length; stack++) {
    if (mapped[stack] !== NONE) self[mapped[stack]] += ownWeights[stack];
  }
  return {
    profile: {
      ...profile,
      stacks,
      frames: { ...profile.frames, inlined: new Uint8Array(profile.frames.length) },
    },
    weights: { ...weights, self, touched: new Uint8Array(stacks.length).fill(1) },
    cutDepth,
  };
}
