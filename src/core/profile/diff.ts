import { type Normalisation, type Requests, type Scale, scaleOf } from './diff/normalisation.ts';
import type { SampleScale } from './diff/poisson-interval.ts';
import { sampleWeight } from './diff/sample-weight.ts';
import { type Side, unionProfile } from './diff/union-profile.ts';
import { NONE, type Profile, type ValueType } from './profile.ts';
import type { StackWeights } from './stack-weights.ts';

/** Two profiles made comparable. Every figure is there before and after; a change is the second less the first. */
export interface Diff {
  /** Tables of both: what is only in one is there too. Its samples are none: what counts are the weights. */
  readonly profile: Profile;
  /** What is compared; where weights are told per something, so is the unit. */
  readonly value: ValueType;
  readonly before: StackWeights;
  readonly after: StackWeights;
  readonly scale: Scale;
  readonly sampleScale: SampleScale;
}

export interface DiffOptions {
  readonly normalise?: Normalisation;
  readonly requests?: Requests;
  /** Whether a sample may be in both. What chance makes of a change is known of independent samples only. */
  readonly sharesSamples?: boolean;
}

/** What has changed from one profile to another, of one value. */
export function diff(
  before: Side,
  after: Side,
  value: ValueType,
  { normalise = 'nothing', requests, sharesSamples = false }: DiffOptions = {},
): Diff {
  const scale = scaleOf(normalise, before, after, requests);
  const union = unionProfile(before, after);
  return {
    profile: union.profile,
    value: { ...value, unit: `${value.unit}${scale.per}` },
    before: scaled(before.weights, union.before, union.profile, scale.before),
    after: scaled(after.weights, union.after, union.profile, scale.after),
    scale,
    sampleScale: sharesSamples
      ? { before: Number.NaN, after: Number.NaN }
      : {
          before: sampleWeight(before.profile, value) * scale.before,
          after: sampleWeight(after.profile, value) * scale.after,
        },
  };
}

function scaled(weights: StackWeights, self: Float64Array, { stacks }: Profile, by: number): StackWeights {
  const touched = new Uint8Array(self.length);
  for (let stack = 0; stack < self.length; stack++) if (self[stack] !== 0) touched[stack] = 1;
  for (let stack = stacks.length - 1; stack >= 0; stack--) {
    if (touched[stack] === 1 && stacks.parent[stack] !== NONE) touched[stacks.parent[stack]] = 1;
  }
  return {
    self: self.map((weight) => weight * by),
    touched,
    total: weights.total * by,
    size: weights.size * by,
    stackless: weights.stackless * by,
    sampleCount: weights.sampleCount,
    recorded: weights.recorded,
  };
}
