import { type FrameIndex, NONE, type Profile } from '../profile.ts';
import { RebuiltStacks } from '../rebuilt-stacks.ts';
import { AppendedFrames, type StandIn } from './appended-frames.ts';

/**
 * The profile with its frames put into groups; those for which `groupOf` gives undefined stay as they are. Frames of one group that follow one
 * another in a stack are one frame, without a line. No sample is lost.
 */
export function regrouped(profile: Profile, groupOf: (frame: FrameIndex) => StandIn | undefined): Profile {
  const { stacks, frames } = profile;
  const appended = new AppendedFrames(profile);
  // What runs in the kernel is never one with what doesn't.
  const ofFrame = Int32Array.from({ length: frames.length }, (_, frame) => {
    const group = groupOf(frame);
    return group ? appended.frame({ ...group, kind: frames.kind[frame] }) : frame;
  });
  const rebuilt = new RebuiltStacks(appended.finish());
  const { mapped } = rebuilt;
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    const up = parent === NONE ? NONE : mapped[parent];
    const own = ofFrame[stacks.frame[stack]];
    const isGoingOn = parent !== NONE && own >= frames.length && ofFrame[stacks.frame[parent]] === own;
    mapped[stack] = isGoingOn ? up : rebuilt.add(up, own);
  }
  return rebuilt.finish();
}
