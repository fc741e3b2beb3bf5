import { IntKeyMap } from './int-key-map.ts';
import { type FunctionIndex, type ModuleIndex, NONE, type Profile, type StringIndex } from './profile.ts';

export const GROUPINGS = ['function', 'line', 'file', 'module'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What a group of frames has in common; what doesn't apply is NONE, 0 or the empty string's index. */
export interface Key {
  readonly function: FunctionIndex;
  readonly file: StringIndex;
  readonly line: number;
  readonly module: ModuleIndex;
}

/** A grouping of frames: `ofFrame[frame]` is a position in `keys`, or NONE for a frame that belongs to no group. */
export interface FrameKeys {
  readonly ofFrame: Int32Array;
  readonly keys: readonly Key[];
}

/** Groups frames by function; by line of a function; by source file; or by module. */
export function frameKeys(profile: Profile, by: Grouping): FrameKeys {
  return KEY_OF[by](profile);
}

const KEY_OF: Record<Grouping, (profile: Profile) => FrameKeys> = {
  function: ({ functions, frames }) => ({
    ofFrame: frames.function,
    keys: Array.from({ length: functions.length }, (_, index) => ({
      function: index,
      file: functions.file[index],
      line: functions.startLine[index],
      module: functions.module[index],
    })),
  }),
  line: ({ frames, functions }) => {
    // A function that is recorded with and without the line of its definition is one at the line that was executing.
    const named = interned(
      functions.length,
      (func) => [functions.fullName[func], functions.module[func] + 1],
      (func) => func,
    );
    const places = interned(
      frames.length,
      (frame) => [frames.file[frame], frames.line[frame]],
      (frame) => frame,
    );
    return interned(
      frames.length,
      (frame) => [
        frames.function[frame] === NONE ? NONE : named.ofFrame[frames.function[frame]],
        places.ofFrame[frame],
      ],
      (frame) => ({
        function: frames.function[frame],
        file: frames.file[frame],
        line: frames.line[frame],
        module: frames.module[frame],
      }),
    );
  },
  file: ({ frames }) =>
    interned(
      frames.length,
      (frame) => [frames.file[frame], 0],
      (frame) => ({ function: NONE, file: frames.file[frame], line: 0, module: NONE }),
    ),
  module: ({ frames }) =>
    interned(
      frames.length,
      (frame) => [frames.module[frame], 0],
      (frame) => ({ function: NONE, file: 0, line: 0, module: frames.module[frame] }),
    ),
};

function interned<K>(
  frameCount: number,
  identity: (frame: number) => [number, number],
  keyOf: (frame: number) => K,
): { readonly ofFrame: Int32Array; readonly keys: readonly K[] } {
  const ofFrame = new Int32Array(frameCount);
  const known = new IntKeyMap(frameCount);
  const keys: K[] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    const [a, b] = identity(frame);
    let key = known.get(a, b);
    if (key === -1) {
      key = keys.push(keyOf(frame)) - 1;
      known.set(a, b, key);
    }
    ofFrame[frame] = key;
  }
  return { ofFrame, keys };
}
