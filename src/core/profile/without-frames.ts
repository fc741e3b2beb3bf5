import { Int32Column } from './column.ts';
import { IntKeyMap } from './int-key-map.ts';
import { FRAME_KINDS, type FrameIndex, NONE, type Profile } from './profile.ts';

/** The profile with the frames taken out for which `isLeftOut` says yes; their self cost falls to the frame that called them. */
export function withoutFrames(profile: Profile, isLeftOut: (frame: FrameIndex) => boolean): Profile {
  const { stacks, frames, samples } = profile;
  const leftOut = Uint8Array.from({ length: frames.length }, (_, frame) => (isLeftOut(frame) ? 1 : 0));
  const mapped = new Int32Array(stacks.length);
  const known = new IntKeyMap(stacks.length);
  const parent = new Int32Column(1024);
  const frame = new Int32Column(1024);
  for (let stack = 0; stack < stacks.length; stack++) {
    const up = stacks.parent[stack] === NONE ? NONE : mapped[stacks.parent[stack]];
    const own = stacks.frame[stack];
    if (leftOut[own] === 1) {
      mapped[stack] = up;
      continue;
    }
    let index = known.get(up, own);
    if (index === -1) {
      parent.push(up);
      index = frame.push(own);
      known.set(up, own, index);
    }
    mapped[stack] = index;
  }
  return {
    ...profile,
    stacks: { length: parent.length, parent: parent.finish(), frame: frame.finish() },
    samples: { ...samples, stack: samples.stack.map((stack) => (stack === NONE ? NONE : mapped[stack])) },
  };
}

/**
 * The profile without inlined frames: a function's cost is then that of the machine code the linker knows by its name, as
 * `perf report --no-inline` counts, and an inlined function's cost lies on the line of the call.
 */
export function withoutInlines(profile: Profile): Profile {
  return withoutFrames(profile, (frame) => profile.frames.inlined[frame] === 1);
}

/** The profile without kernel frames: what a system call costs is then a cost of the code that made it. */
export function withoutKernel(profile: Profile): Profile {
  const kernel = FRAME_KINDS.indexOf('kernel');
  return withoutFrames(profile, (frame) => profile.frames.kind[frame] === kernel);
}
