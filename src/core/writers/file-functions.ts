import { IntKeyMap } from '../profile/int-key-map.ts';
import { type FunctionIndex, NONE, type Profile, type StringIndex } from '../profile/profile.ts';

/** A function's part in one file. */
export interface FileFunction {
  readonly function: FunctionIndex;
  readonly file: StringIndex;
}

/**
 * Functions as formats have them in which a function has one file: one for each file that it has lines in. `ofFrame` is a position in
 * `list`, or NONE for a frame without a function.
 */
export function fileFunctions({ frames }: Profile): {
  readonly ofFrame: Int32Array;
  readonly list: readonly FileFunction[];
} {
  const known = new IntKeyMap(frames.length);
  const list: FileFunction[] = [];
  const ofFrame = Int32Array.from(frames.function, (func, frame) => {
    if (func === NONE) return NONE;
    const file = frames.file[frame];
    let index = known.get(func, file);
    if (index === -1) {
      index = list.push({ function: func, file }) - 1;
      known.set(func, file, index);
    }
    return index;
  });
  return { ofFrame, list };
}

/** What is said of a profile in which a function has lines in several files. */
export function fileFunctionLosses({ frames, functions }: Profile): string[] {
  const isElsewhere = frames.function.some(
    (func, frame) => func !== NONE && frames.file[frame] !== functions.file[func],
  );
  return isElsewhere ? ['A function that takes lines from other files is written as one for each file.'] : [];
}
