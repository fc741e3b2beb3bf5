import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { type FrameIndex, NONE, type Profile, type StackIndex } from '../../profile/profile.ts';

/**
 * A profile's stacks in pprof's terms: a location is an address with the calls that were inlined there, so a physical
 * frame and the inlined frames on top of it are one.
 */
export interface Locations {
  readonly length: number;
  /** The frames of a location, innermost first: the inlined ones, then the one they were inlined into. */
  framesOf(location: number): readonly FrameIndex[];
  /** The locations of a stack, innermost first. */
  ofStack(stack: StackIndex): readonly number[];
}

export function locations({ stacks, frames }: Profile): Locations {
  const known = new IntKeyMap(stacks.length);
  /** By location: the location without its innermost inlined frame, and that frame. */
  const within = new Int32Column();
  const innermost = new Int32Column();
  const locationOf = new Int32Array(stacks.length);
  /** By stack: the stack below the physical frame of its location. */
  const callerOf = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    const frame = stacks.frame[stack];
    const isInlined = frames.inlined[frame] === 1 && parent !== NONE;
    const outer = isInlined ? locationOf[parent] : NONE;
    let location = known.get(outer, frame);
    if (location === -1) {
      within.push(outer);
      location = innermost.push(frame);
      known.set(outer, frame, location);
    }
    locationOf[stack] = location;
    callerOf[stack] = isInlined ? callerOf[parent] : parent;
  }
  return {
    length: innermost.length,
    framesOf(location) {
      const list: FrameIndex[] = [];
      for (let at = location; at !== NONE; at = within.at(at)) list.push(innermost.at(at));
      return list;
    },
    ofStack(stack) {
      const list: number[] = [];
      for (let at = stack; at !== NONE; at = callerOf[at]) list.push(locationOf[at]);
      return list;
    },
  };
}
