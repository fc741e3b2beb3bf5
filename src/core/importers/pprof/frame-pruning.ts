import { compilePattern } from '../../pattern.ts';
import { pprofName } from '../../profile/pprof-name.ts';

/** Says whether a function, and what it calls, is taken out of stacks. */
export type IsDropped = (name: string) => boolean;

/**
 * Which functions a profile says are of no interest, as `go tool pprof` decides it: those that `drop` matches in whole and `keep`
 * doesn't. `undefined` where none are. Throws MalformedPattern. (profile/prune.go of https://github.com/google/pprof)
 */
export function droppedFunctions(drop: string, keep: string): IsDropped | undefined {
  if (drop === '') return undefined;
  const isDropped = compilePattern(`^(${drop})$`);
  const isKept = keep === '' ? undefined : compilePattern(`^(${keep})$`);
  const known = new Map<string, boolean>();
  return (name) => {
    let dropped = known.get(name);
    if (dropped === undefined) {
      const simple = pprofName(name);
      dropped = isDropped(simple) && !isKept?.(simple);
      known.set(name, dropped);
    }
    return dropped;
  };
}

/** What a location's lines lose: nothing, the innermost of them, or all. */
export type Pruned = 0 | typeof BENEATH | typeof WHOLE;
export const BENEATH = 1;
export const WHOLE = 2;

/**
 * How many of a location's lines stay, of those from `first` to `end` (exclusive), innermost first: the dropped one that is outermost
 * goes, with all that were inlined into it. A location whose outermost line is dropped keeps its lines, and goes as a whole where it is
 * called from something else.
 */
export function prunedLines(
  first: number,
  end: number,
  isDroppedLine: (line: number) => boolean,
): { readonly pruned: Pruned; readonly first: number } {
  for (let line = end - 1; line >= first; line--) {
    if (!isDroppedLine(line)) continue;
    return line === end - 1 ? { pruned: WHOLE, first } : { pruned: BENEATH, first: line + 1 };
  }
  return { pruned: 0, first };
}

/**
 * Where a stack of locations, innermost first, begins when it is pruned: seen from its outermost location, everything from the first
 * pruned one on goes. What is pruned before anything else was met stays, so that no stack is lost for its first function.
 */
export function prunedStart(locations: ArrayLike<number>, count: number, pruned: ArrayLike<number>): number {
  let met = false;
  for (let at = count - 1; at >= 0; at--) {
    const how = pruned[locations[at]];
    if (how === 0) met = true;
    else if (met) return how === WHOLE ? at + 1 : at;
  }
  return 0;
}
