import { withCopiedFrames } from '../core/profile/copied-frames.ts';
import { FRAME_KINDS, type FrameIndex, NONE, type Profile } from '../core/profile/profile.ts';
import { RebuiltStacks } from '../core/profile/rebuilt-stacks.ts';

/**
 * The profile with the frames that an interrupt came in at the address where it did. An importer, which knows no names yet, takes what stands under
 * another frame for a caller and keeps one byte less than its return address; but what was interrupted (`isEntry` of the frame above it) doesn't
 * wait for a call, and one byte less may be another function.
 */
export function withInterruptedFrames(profile: Profile, isEntry: (frame: FrameIndex) => boolean): Profile {
  const { stacks, frames } = profile;
  const kernel = FRAME_KINDS.indexOf('kernel');
  const exactRow = new Map<FrameIndex, FrameIndex>();
  for (let stack = 0; stack < stacks.length; stack++) {
    const up = stacks.parent[stack];
    if (up === NONE || !isEntry(stacks.frame[stack])) continue;
    const frame = stacks.frame[up];
    // In user space that is known without names.
    if (frames.kind[frame] !== kernel || frames.function[frame] !== NONE || exactRow.has(frame)) continue;
    exactRow.set(frame, frames.length + exactRow.size);
  }
  if (exactRow.size === 0) return profile;
  const longer = withCopiedFrames(frames, [...exactRow.keys()]);
  for (const row of exactRow.values()) longer.address[row]++;
  const rebuilt = new RebuiltStacks({ ...profile, frames: longer });
  const { mapped } = rebuilt;
  for (let stack = 0; stack < stacks.length; stack++) {
    const up = stacks.parent[stack];
    const exact = up !== NONE && isEntry(stacks.frame[stack]) ? exactRow.get(stacks.frame[up]) : undefined;
    const outside = exact === undefined ? up : stacks.parent[up];
    const base = outside === NONE ? NONE : mapped[outside];
    mapped[stack] = rebuilt.add(exact === undefined ? base : rebuilt.add(base, exact), stacks.frame[stack]);
  }
  return rebuilt.finish();
}
