import { Int32Column } from './column.ts';
import { IntKeyMap } from './int-key-map.ts';
import { NONE, type StackTable } from './profile.ts';

/** Stacks turned round: the innermost frame comes first, then what called it. */
export interface InvertedStacks {
  readonly stacks: StackTable;
  /** By stack that was asked for: its inverted stack; NONE for the others. */
  readonly mapped: Int32Array;
  /** Frames that an inverted stack has at most; infinite where none was cut. Of a longer one the outermost callers are left out. */
  readonly cutDepth: number;
}

/** How much may be made: rows of the inverted table, and frames that are walked over. */
export interface InversionLimits {
  readonly rows: number;
  readonly steps: number;
}

/**
 * Turns the stacks round for which `isWanted` is 1. What many stacks share at their outer end they don't share when they are turned round, so
 * the result can be as large as all of them spelt out. Therefore all grow by one caller at a time, and where the next would go beyond a
 * limit, all are cut at the same depth.
 */
export function invertedStacks(
  stacks: StackTable,
  isWanted: Uint8Array,
  limits: InversionLimits = LIMITS,
): InvertedStacks {
  const known = new IntKeyMap(1024);
  const parent = new Int32Column(1024);
  const frame = new Int32Column(1024);
  const mapped = new Int32Array(stacks.length).fill(NONE);
  /** Stacks that go on, and how far each has come: the stack whose innermost frame is next. */
  const growing = Int32Array.from(isWanted.keys()).filter((stack) => isWanted[stack] === 1);
  const next = growing.slice();
  let count = growing.length;
  let steps = 0;
  let depth = 0;
  while (count > 0 && (depth === 0 || (parent.length + count <= limits.rows && steps + count <= limits.steps))) {
    depth++;
    steps += count;
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const stack = growing[at];
      const own = stacks.frame[next[at]];
      let index = known.get(mapped[stack], own);
      if (index === NONE) {
        parent.push(mapped[stack]);
        index = frame.push(own);
        known.set(mapped[stack], own, index);
      }
      mapped[stack] = index;
      const caller = stacks.parent[next[at]];
      if (caller === NONE) continue;
      growing[kept] = stack;
      next[kept++] = caller;
    }
    count = kept;
  }
  return {
    stacks: { length: parent.length, parent: parent.finish(), frame: frame.finish() },
    mapped,
    cutDepth: count > 0 ? depth : Number.POSITIVE_INFINITY,
  };
}

/** Some 300 MB, and a few seconds. */
const LIMITS: InversionLimits = { rows: 10_000_000, steps: 60_000_000 };
