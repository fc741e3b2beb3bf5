import { NONE, type Profile } from '../profile.ts';
import { DROPPED, hostStacks, RebuiltStacks } from '../rebuilt-stacks.ts';
import { frameMatches, moduleMatches } from './matched-frames.ts';

/**
 * Stacks from the outermost frame on that the pattern means; samples without one are left out: `go tool pprof -show_from`.
 *
 * pprof has one thing more, and so has this: where the pattern means a function that was inlined, what it was inlined into is left out
 * wherever that happens in the stack. (`filterShowFromLocation` in https://github.com/google/pprof/blob/main/profile/filter.go)
 */
export function showFrom(profile: Profile, pattern: string): Profile {
  const { stacks, frames } = profile;
  const isFrame = frameMatches(profile, pattern);
  const isModule = moduleMatches(profile, pattern);
  const hosts = hostStacks(profile);
  const rebuilt = new RebuiltStacks(profile);
  const { mapped } = rebuilt;
  /** By stack: 1 where a frame of the machine code that its innermost one is in is meant. */
  const isMeantHere = new Uint8Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    const host = hosts[stack];
    const isInlined = host !== stack;
    const outside = stacks.parent[host];
    const before = outside === NONE ? DROPPED : mapped[outside];
    const base = before === DROPPED ? NONE : before;
    const own = stacks.frame[stack];
    if (isInlined && isMeantHere[parent] === 1) {
      isMeantHere[stack] = 1;
      mapped[stack] = rebuilt.add(mapped[parent], own);
    } else if (isFrame(own) || isModule(frames.module[stacks.frame[host]])) {
      isMeantHere[stack] = 1;
      mapped[stack] = rebuilt.add(base, isInlined ? rebuilt.onItsOwn(own, stacks.frame[host]) : own);
    } else if (before === DROPPED) {
      mapped[stack] = DROPPED;
    } else {
      mapped[stack] = rebuilt.add(isInlined ? mapped[parent] : base, own);
    }
  }
  return rebuilt.finish({ dropsStackless: true });
}
