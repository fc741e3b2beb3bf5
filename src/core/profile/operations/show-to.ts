import { NONE, type Profile } from '../profile.ts';
import { DROPPED, RebuiltStacks } from '../rebuilt-stacks.ts';
import { matchedFrames } from './matched-frames.ts';

/**
 * Stacks down to the outermost frame that the pattern means: what led to it; samples without one are left out. Turned round it is the upper
 * half of what is shown as callers and callees, and `show-from` the lower: a sample counts once in either, by its outermost such frame.
 */
export function showTo(profile: Profile, pattern: string): Profile {
  const { stacks } = profile;
  const isMeant = matchedFrames(profile, pattern);
  const rebuilt = new RebuiltStacks(profile);
  const { mapped } = rebuilt;
  /** By stack that has no such frame: the same among the new ones. */
  const before = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    if (parent !== NONE && mapped[parent] !== DROPPED) {
      mapped[stack] = mapped[parent];
      continue;
    }
    before[stack] = rebuilt.add(parent === NONE ? NONE : before[parent], stacks.frame[stack]);
    mapped[stack] = isMeant[stack] === 1 ? before[stack] : DROPPED;
  }
  return rebuilt.finish({ dropsStackless: true });
}
