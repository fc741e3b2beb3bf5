import { compilePattern } from '../../pattern.ts';
import { pprofName } from '../pprof-name.ts';
import { NONE, type Profile } from '../profile.ts';
import { hostStacks, RebuiltStacks } from '../rebuilt-stacks.ts';
import { byText } from './matched-frames.ts';

/**
 * Stacks down to the innermost frame that the pattern means, by name without parameters: `go tool pprof -prune_from`. What was called from
 * there is its own cost. As in pprof, what was inlined into any frame that is meant goes too, unless it is meant itself.
 * (`PruneFrom` in https://github.com/google/pprof/blob/main/profile/prune.go)
 */
export function pruneFrom(profile: Profile, pattern: string): Profile {
  const { stacks, frames, functions, strings } = profile;
  const isPruned = compilePattern(pattern);
  const isName = byText(strings, (name) => name !== '' && isPruned(pprofName(name)));
  const hosts = hostStacks(profile);
  const rebuilt = new RebuiltStacks(profile);
  /** By stack, what it becomes: as the beginning of another stack; with the inlined frames that end it; at the end of a sample. */
  const [trimmed, full] = [new Int32Array(stacks.length), new Int32Array(stacks.length)];
  const { mapped } = rebuilt;
  const isMeantHere = new Uint8Array(stacks.length);
  const isMeantAbove = new Uint8Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    const isInlined = hosts[stack] !== stack;
    const outside = stacks.parent[hosts[stack]];
    const func = frames.function[stacks.frame[stack]];
    const isMeant = func !== NONE && isName(functions.name[func]);
    const base = isInlined ? full[parent] : parent === NONE ? NONE : trimmed[parent];
    full[stack] = rebuilt.add(base, stacks.frame[stack]);
    const isCut = isInlined && isMeantHere[parent] === 1 && !isMeant;
    trimmed[stack] = isCut ? trimmed[parent] : full[stack];
    isMeantHere[stack] = isMeant || isCut ? 1 : 0;
    const isAbove = outside !== NONE && isMeantAbove[outside] === 1;
    isMeantAbove[stack] = isAbove || isMeantHere[stack] === 1 ? 1 : 0;
    if (isMeantHere[stack] === 1) mapped[stack] = trimmed[stack];
    else mapped[stack] = isAbove ? mapped[outside] : full[stack];
  }
  return rebuilt.finish();
}
