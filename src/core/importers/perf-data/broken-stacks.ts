import type { FrameTable, SampleTable, StackTable } from '../../profile/profile.ts';
import { FRAME_KINDS, NONE } from '../../profile/profile.ts';

/**
 * How many samples have a stack that surely doesn't reach its thread's first function:
 * - its callchain ends at the depth limit (`cut` has those samples);
 * - its outermost address is in no mapping: a frame pointer led astray;
 * - its part in user space is one address alone: code that keeps no frame pointer (a thread's first instructions look the same);
 * - its outermost address has a caller in another stack.
 * A stack that ends too early at an address which never has a caller isn't found, so the true number may be higher.
 */
export function brokenStacks(
  samples: SampleTable,
  frames: FrameTable,
  stacks: StackTable,
  cut: readonly number[],
): number {
  const isUser = (frame: number) => frames.kind[frame] !== KERNEL;
  const hasCaller = new Uint8Array(frames.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    if (parent !== NONE && isUser(stacks.frame[parent])) hasCaller[stacks.frame[stack]] = 1;
  }
  // By stack: its outermost stack, and whether there's one more frame of user space on that.
  const root = new Int32Array(stacks.length);
  const isCalled = new Uint8Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    root[stack] = parent === NONE ? stack : root[parent];
    if (parent !== NONE) isCalled[stack] = isCalled[parent] | Number(isUser(stacks.frame[stack]));
  }
  const isBroken = (stack: number) => {
    if (stack === NONE) return false;
    const outermost = stacks.frame[root[stack]];
    if (!isUser(outermost)) return false;
    return frames.module[outermost] === NONE || isCalled[stack] === 0 || hasCaller[outermost] === 1;
  };
  let broken = 0;
  for (let sample = 0; sample < samples.length; sample++) if (isBroken(samples.stack[sample])) broken++;
  for (const sample of cut) if (!isBroken(samples.stack[sample])) broken++;
  return broken;
}

const KERNEL = FRAME_KINDS.indexOf('kernel');
