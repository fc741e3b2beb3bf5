import { frameKeys } from '../frame-keys.ts';
import { keyTotals } from '../key-totals.ts';
import { NONE, type Profile } from '../profile.ts';
import type { StackWeights } from '../stack-weights.ts';
import { type FunctionPlace, functionPlace } from './function-place.ts';
import type { Measure, QueryModel, View } from './query-model.ts';

/** What the editor shows of one file. */
export interface FileLinesAnswer extends Measure {
  readonly fileSelf: number;
  readonly fileTotal: number;
  /** Columns of one length, in order of line; lines are 1-based. */
  readonly line: Uint32Array;
  readonly self: Float64Array;
  readonly lineTotal: Float64Array;
  /** Functions that are defined in the file, the costliest first. */
  readonly functions: readonly FunctionInFile[];
}

export interface FunctionInFile extends FunctionPlace {
  readonly self: number;
  readonly total: number;
  /** First and last line with cost in this file, 1-based; 0 where no line is known. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** How many different functions call it. */
  readonly callers: number;
}

/** Costs of the lines and functions of a file, named as recorded. */
export function fileLines(model: QueryModel, { view, file }: { view: View; file: string }): FileLinesAnswer {
  const { profile, weights, measure, lines } = model.viewed(view);
  const own = lines.get(file);
  return {
    ...measure,
    fileSelf: own?.fileSelf ?? 0,
    fileTotal: own?.fileTotal ?? 0,
    line: own?.line ?? new Uint32Array(),
    self: own?.self ?? new Float64Array(),
    lineTotal: own?.total ?? new Float64Array(),
    functions: own ? functionsInFile(profile, weights, own.file) : [],
  };
}

function functionsInFile(profile: Profile, weights: StackWeights, file: number): FunctionInFile[] {
  const { functions, frames, stacks } = profile;
  const { ofFrame, keys } = frameKeys(profile, 'function');
  const { self, total } = keyTotals(stacks, weights.self, ofFrame, keys.length);
  const extent = new Map<number, { first: number; last: number; callers: Set<number> }>();
  for (let func = 0; func < functions.length; func++) {
    if (functions.file[func] === file && total[func] !== 0) {
      extent.set(func, { first: 0, last: 0, callers: new Set() });
    }
  }
  for (let stack = 0; stack < stacks.length; stack++) {
    if (weights.touched[stack] === 0) continue;
    const frame = stacks.frame[stack];
    const known = extent.get(frames.function[frame]);
    if (!known) continue;
    const line = frames.file[frame] === file ? frames.line[frame] : 0;
    if (line > 0 && (known.first === 0 || line < known.first)) known.first = line;
    if (line > known.last) known.last = line;
    const parent = stacks.parent[stack];
    if (parent !== NONE) known.callers.add(frames.function[stacks.frame[parent]]);
  }
  return [...extent]
    .map(([func, { first, last, callers }]) => ({
      ...functionPlace(profile, func),
      self: self[func],
      total: total[func],
      firstLine: first,
      lastLine: last,
      callers: callers.size,
    }))
    .sort((a, b) => b.total - a.total);
}
