import { NONE, type Profile } from '../profile.ts';
import { DROPPED, hostStacks, RebuiltStacks } from '../rebuilt-stacks.ts';
import { matchedFrames } from './matched-frames.ts';

/** Without the frames that the pattern means, and without samples that have no other: `go tool pprof -hide`. */
export function hide(profile: Profile, pattern: string): Profile {
  const matched = matchedFrames(profile, pattern);
  return withoutStackFrames(profile, (stack) => matched[stack] === 1, { dropsEmpty: true });
}

/** Only the frames that the pattern means, and samples that have one: `go tool pprof -show`. */
export function show(profile: Profile, pattern: string): Profile {
  const matched = matchedFrames(profile, pattern);
  return withoutStackFrames(profile, (stack) => matched[stack] === 0, { dropsEmpty: true });
}

/**
 * The profile without the innermost frames of the stacks for which `isLeftOut` says yes; what they cost falls to what called them. A sample
 * that has no frame left, or had none, is dropped, or kept without a stack.
 */
export function withoutStackFrames(
  profile: Profile,
  isLeftOut: (stack: number) => boolean,
  { dropsEmpty }: { dropsEmpty: boolean },
): Profile {
  const { stacks } = profile;
  const leftOut = Uint8Array.from({ length: stacks.length }, (_, stack) => (isLeftOut(stack) ? 1 : 0));
  if (!dropsEmpty && !leftOut.includes(1)) return profile;
  const hosts = hostStacks(profile);
  const rebuilt = new RebuiltStacks(profile);
  const { mapped } = rebuilt;
  /** By stack: 1 where a frame is left of the machine code that its innermost one is in. */
  const hasHost = new Uint8Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    const up = parent === NONE ? NONE : mapped[parent];
    const isInlined = hosts[stack] !== stack;
    if (isInlined) hasHost[stack] = hasHost[parent];
    if (leftOut[stack] === 1) {
      mapped[stack] = up;
      continue;
    }
    const own = stacks.frame[stack];
    const isStranded = isInlined && hasHost[stack] === 0;
    mapped[stack] = rebuilt.add(up, isStranded ? rebuilt.onItsOwn(own, stacks.frame[hosts[stack]]) : own);
    hasHost[stack] = 1;
  }
  if (dropsEmpty) {
    for (let stack = 0; stack < stacks.length; stack++) if (mapped[stack] === NONE) mapped[stack] = DROPPED;
  }
  return rebuilt.finish({ dropsStackless: dropsEmpty });
}
