import { Int32Column } from './column.ts';
import { IntKeyMap } from './int-key-map.ts';
import { type FrameTable, type FunctionTable, NONE, type Profile } from './profile.ts';

/** What each frame of a profile becomes: rows of a new frame table. */
export interface FrameExpansion {
  readonly strings: readonly string[];
  readonly functions: FunctionTable;
  readonly frames: FrameTable;
  /** By frame of the profile, and one more: where its list in `rows` begins; the next one's beginning is its end. */
  readonly first: Int32Array;
  /** Rows of the new frame table, outermost first. */
  readonly rows: Int32Array;
}

/**
 * The profile with each frame replaced by a list of frames: one that was looked up, with those inlined into it after it. Stacks that
 * become equal are merged; a stack whose frames all have empty lists becomes its parent. O(stacks × frames in a list).
 */
export function expandFrames(profile: Profile, expansion: FrameExpansion): Profile {
  const { stacks, samples } = profile;
  const { strings, functions, frames, first, rows } = expansion;
  const mapped = new Int32Array(stacks.length);
  const parent = new Int32Column(stacks.length);
  const frame = new Int32Column(stacks.length);
  // Where no two frames share a row, stacks that were different stay so, and need not be looked for.
  const known = isOneToOne(expansion) ? undefined : new IntKeyMap(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const old = stacks.frame[stack];
    let top = stacks.parent[stack] === NONE ? NONE : mapped[stacks.parent[stack]];
    for (let at = first[old]; at < first[old + 1]; at++) {
      const row = rows[at];
      let index = known ? known.get(top, row) : NONE;
      if (index === NONE) {
        parent.push(top);
        index = frame.push(row);
        known?.set(top, row, index);
      }
      top = index;
    }
    mapped[stack] = top;
  }
  return {
    ...profile,
    strings,
    functions,
    frames,
    stacks: { length: parent.length, parent: parent.finish(), frame: frame.finish() },
    samples: { ...samples, stack: samples.stack.map((stack) => (stack === NONE ? NONE : mapped[stack])) },
  };
}

/** Whether each frame has a list, and each row of the new table is in one list at most, once. */
function isOneToOne({ frames, first, rows }: FrameExpansion): boolean {
  for (let frame = 0; frame + 1 < first.length; frame++) if (first[frame] === first[frame + 1]) return false;
  const seen = new Uint8Array(frames.length);
  for (const row of rows) {
    if (seen[row] === 1) return false;
    seen[row] = 1;
  }
  return true;
}
