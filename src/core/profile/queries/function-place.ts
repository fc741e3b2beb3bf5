import { type FrameIndex, type FunctionIndex, NONE, type Profile } from '../profile.ts';

/** A function or a place in it, in words: plain data for whoever shows it. */
export interface FunctionPlace {
  /** Index in the profile, to ask on with; NONE where there's no function. */
  readonly function: FunctionIndex;
  /** Without parameters. */
  readonly name: string;
  /** With parameters. */
  readonly fullName: string;
  /** Source file as recorded, or `''`: of the definition, or of the frame where there is one. */
  readonly file: string;
  /** 1-based, 0 where it isn't known: of the definition, or of the frame where there is one. */
  readonly line: number;
  /** Path of the module as recorded, or `''`. */
  readonly module: string;
}

/** Where a function is defined. */
export function functionPlace(profile: Profile, func: FunctionIndex): FunctionPlace {
  const { functions, strings } = profile;
  if (func === NONE) return { function: NONE, name: '', fullName: '', file: '', line: 0, module: '' };
  return {
    function: func,
    name: strings[functions.name[func]],
    fullName: strings[functions.fullName[func]],
    file: strings[functions.file[func]],
    line: functions.startLine[func],
    module: modulePath(profile, functions.module[func]),
  };
}

/** Where in its function a frame was. */
export function framePlace(profile: Profile, frame: FrameIndex): FunctionPlace {
  if (frame === NONE) return functionPlace(profile, NONE);
  const { frames, strings } = profile;
  return {
    ...functionPlace(profile, frames.function[frame]),
    file: strings[frames.file[frame]],
    line: frames.line[frame],
    module: modulePath(profile, frames.module[frame]),
  };
}

/** Path of a module as recorded, or `''` for NONE. */
export function modulePath(profile: Profile, module: number): string {
  return module === NONE ? '' : profile.strings[profile.modules.path[module]];
}
