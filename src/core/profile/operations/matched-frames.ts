import { compilePattern, type Pattern } from '../../pattern.ts';
import { type FrameIndex, type FunctionIndex, type ModuleIndex, NONE, type Profile } from '../profile.ts';
import { hostStacks } from '../rebuilt-stacks.ts';

/**
 * By stack: 1 where its innermost frame is meant by a pattern, as pprof's filters mean it: the pattern is found in the name of its function,
 * in its source file, or in the path of the module whose machine code it is in.
 * (`Location.matchesName` in https://github.com/google/pprof/blob/main/profile/filter.go)
 */
export function matchedFrames(profile: Profile, pattern: string): Uint8Array {
  const { stacks, frames } = profile;
  const isModule = moduleMatches(profile, pattern);
  const isFrame = frameMatches(profile, pattern);
  const hosts = hostStacks(profile);
  const matched = new Uint8Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    if (isFrame(stacks.frame[stack]) || isModule(frames.module[stacks.frame[hosts[stack]]])) matched[stack] = 1;
  }
  return matched;
}

/** Whether a pattern is found in the name of a frame's function or in its source file. No frame without a function is meant. */
export function frameMatches({ functions, frames, strings }: Profile, pattern: string): (frame: FrameIndex) => boolean {
  const isMeant = byText(strings, compilePattern(pattern));
  return (frame) => {
    const func = frames.function[frame];
    return func !== NONE && (isMeant(functions.name[func]) || isMeant(frames.file[frame]));
  };
}

/** Whether a pattern is found in a function's name. */
export function nameMatches({ functions, strings }: Profile, pattern: string): (func: FunctionIndex) => boolean {
  const isMeant = byText(strings, compilePattern(pattern));
  return (func) => func !== NONE && isMeant(functions.name[func]);
}

/** Whether a pattern is found in a module's path. */
export function moduleMatches({ modules, strings }: Profile, pattern: string): (module: ModuleIndex) => boolean {
  const isMeant = byText(strings, compilePattern(pattern));
  return (module) => module !== NONE && isMeant(modules.path[module]);
}

/** Searches each string once. */
export function byText(strings: readonly string[], pattern: Pattern): (index: number) => boolean {
  const known = new Int8Array(strings.length).fill(-1);
  return (index) => {
    if (known[index] === -1) known[index] = pattern(strings[index]) ? 1 : 0;
    return known[index] === 1;
  };
}
