import type { ProfileBuilder } from '../../profile/builder.ts';
import { NONE, type StackIndex } from '../../profile/profile.ts';
import type { FirefoxFrames } from './frames.ts';
import { type FirefoxTable, rowAt } from './table.ts';

export interface FirefoxStacks {
  /** By row of the `stackTable`. */
  readonly stacks: Int32Array;
  /** Rows that are their own callers, or have a frame that isn't there. */
  readonly unsound: number;
}

/** The stacks of a `stackTable`: a row is its `prefix` and one more frame. Only those are made that are asked for, with their callers. */
export function stacksOf(builder: ProfileBuilder, table: FirefoxTable, frames: FirefoxFrames): FirefoxStacks {
  const { length } = table;
  const prefixes = table.columns.get('prefix');
  const frameRows = table.columns.get('frame');
  const stacks = new Int32Array(length).fill(UNKNOWN);
  let unsound = 0;
  for (let row = 0; row < length; row++) {
    const path: number[] = [];
    let at = row;
    while (at >= 0 && at < length && stacks[at] === UNKNOWN) {
      stacks[at] = IN_PATH;
      path.push(at);
      at = rowAt(prefixes, at);
    }
    let stack: StackIndex = at >= 0 && at < length ? stacks[at] : NONE;
    if (at >= length || stack === IN_PATH) {
      unsound++;
      stack = NONE;
    }
    for (const own of path.reverse()) {
      const frameRow = rowAt(frameRows, own);
      if (frameRow === -1 || frameRow >= frames.length) unsound++;
      else {
        const frame = frames.of(frameRow);
        if (frame !== NONE) stack = builder.stack(stack, frame);
      }
      stacks[own] = stack;
    }
  }
  return { stacks, unsound };
}

const UNKNOWN = -2;
const IN_PATH = -3;
