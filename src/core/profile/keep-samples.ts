import type { Profile, SampleIndex } from './profile.ts';

/** The profile with the samples for which `isKept` says yes; the profile itself where that is all of them. */
export function keepSamples(profile: Profile, isKept: (sample: SampleIndex) => boolean): Profile {
  const { samples } = profile;
  const kept = new Int32Array(samples.length);
  let length = 0;
  for (let sample = 0; sample < samples.length; sample++) if (isKept(sample)) kept[length++] = sample;
  if (length === samples.length) return profile;
  const integers = (column: Int32Array) => {
    const out = new Int32Array(length);
    for (let at = 0; at < length; at++) out[at] = column[kept[at]];
    return out;
  };
  const floats = (column: Float64Array) => {
    const out = new Float64Array(length);
    for (let at = 0; at < length; at++) out[at] = column[kept[at]];
    return out;
  };
  return {
    ...profile,
    samples: {
      length,
      stack: integers(samples.stack),
      thread: integers(samples.thread),
      time: floats(samples.time),
      labels: integers(samples.labels),
      weights: samples.weights.map(floats),
    },
  };
}
