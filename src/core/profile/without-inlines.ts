import { Int32Column } from './column.ts';
import { IntKeyMap } from './int-key-map.ts';
import { NONE, type Profile } from './profile.ts';

/**
 * The profile with inlined frames taken out: a function's cost is then that of the machine code the linker knows by its name, as
 * `perf report --no-inline` counts, and an inlined function's cost lies on the line of the call.
 */
export function withoutInlines(profile: Profile): Profile {
  const { stacks, frames, samples } = profile;
  const mapped = new Int32Array(stacks.length);
  const known = new IntKeyMap(stacks.length);
  const parent = new Int32Column(1024);
  const frame = new Int32Column(1024);
  for (let stack = 0; stack < stacks.length; stack++) {
    const up = stacks.parent[stack] === NONE ? NONE : mapped[stacks.parent[stack]];
    const own = stacks.frame[stack];
    if (frames.inlined[own] === 1) {
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
