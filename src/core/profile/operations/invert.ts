import { invertedStacks } from '../inverted-stacks.ts';
import { NONE, type Profile } from '../profile.ts';

/**
 * Every stack turned round: a call tree of it begins with the functions that were running, and shows below each who called it, by how much.
 * Inlined frames are frames of their own in it.
 */
export function invert(profile: Profile): Profile {
  const { stacks, samples, frames, quality } = profile;
  const isWanted = new Uint8Array(stacks.length);
  for (let sample = 0; sample < samples.length; sample++) {
    if (samples.stack[sample] !== NONE) isWanted[samples.stack[sample]] = 1;
  }
  const inverted = invertedStacks(stacks, isWanted);
  const warning = `Stacks turned round are cut ${inverted.cutDepth} callers away, for all of them would be too many.`;
  return {
    ...profile,
    // Turned round, an inlined frame would seem to have what it was inlined into inlined into itself.
    frames: { ...frames, inlined: new Uint8Array(frames.length) },
    stacks: inverted.stacks,
    samples: { ...samples, stack: samples.stack.map((stack) => (stack === NONE ? NONE : inverted.mapped[stack])) },
    quality: Number.isFinite(inverted.cutDepth) ? { ...quality, warnings: [...quality.warnings, warning] } : quality,
  };
}
