import { keepSamples } from '../keep-samples.ts';
import { NONE, type Profile } from '../profile.ts';
import { matchedFrames } from './matched-frames.ts';

/** Only samples with a frame that the pattern means: `go tool pprof -focus`. */
export function focus(profile: Profile, pattern: string): Profile {
  const { stack } = profile.samples;
  const isWithin = matchedPaths(profile, pattern);
  return keepSamples(profile, (sample) => stack[sample] !== NONE && isWithin[stack[sample]] === 1);
}

/** Without the samples that have a frame which the pattern means, and without those that have no stack: `go tool pprof -ignore`. */
export function ignore(profile: Profile, pattern: string): Profile {
  const { stack } = profile.samples;
  const isWithin = matchedPaths(profile, pattern);
  return keepSamples(profile, (sample) => stack[sample] !== NONE && isWithin[stack[sample]] === 0);
}

/** By stack: 1 where any of its frames is meant. */
function matchedPaths(profile: Profile, pattern: string): Uint8Array {
  const { parent, length } = profile.stacks;
  const matched = matchedFrames(profile, pattern);
  for (let stack = 0; stack < length; stack++) {
    if (parent[stack] !== NONE && matched[parent[stack]] === 1) matched[stack] = 1;
  }
  return matched;
}
