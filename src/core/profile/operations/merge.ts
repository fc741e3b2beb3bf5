import { NONE, type Profile } from '../profile.ts';
import { RebuiltStacks } from '../rebuilt-stacks.ts';
import { withoutStackFrames } from './hide.ts';
import { nameMatches } from './matched-frames.ts';

/** The functions whose name is meant are part of what called them; no sample is lost. */
export function mergeIntoCallers(profile: Profile, pattern: string): Profile {
  const { stacks, frames } = profile;
  const isMeant = nameMatches(profile, pattern);
  return withoutStackFrames(profile, (stack) => isMeant(frames.function[stacks.frame[stack]]), { dropsEmpty: false });
}

/** What is called from the functions whose name is meant, however far below, is part of the outermost of them. */
export function collapseCallees(profile: Profile, pattern: string): Profile {
  const { stacks, frames } = profile;
  const isMeant = nameMatches(profile, pattern);
  const rebuilt = new RebuiltStacks(profile);
  const { mapped } = rebuilt;
  const isBelow = new Uint8Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    if (parent !== NONE && isBelow[parent] === 1) {
      isBelow[stack] = 1;
      mapped[stack] = mapped[parent];
      continue;
    }
    if (isMeant(frames.function[stacks.frame[stack]])) isBelow[stack] = 1;
    mapped[stack] = rebuilt.add(parent === NONE ? NONE : mapped[parent], stacks.frame[stack]);
  }
  return rebuilt.finish();
}
