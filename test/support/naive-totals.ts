import { type FrameIndex, NONE, type Profile, type ThreadIndex } from '../../src/core/profile/profile.ts';
import type { Selection } from '../../src/core/profile/stack-weights.ts';

/** A sample as a list of frames, outermost first. */
export interface SpeltSample {
  readonly frames: readonly FrameIndex[];
  readonly weight: number;
  readonly thread: ThreadIndex;
}

/** Every selected sample with its stack spelt out: what the definitions of self and total are about. */
export function speltSamples({ samples, stacks }: Profile, { value, threads }: Selection): readonly SpeltSample[] {
  const list: SpeltSample[] = [];
  for (let sample = 0; sample < samples.length; sample++) {
    const thread = samples.thread[sample];
    if (threads && !threads.has(thread)) continue;
    const frames: FrameIndex[] = [];
    for (let at = samples.stack[sample]; at !== NONE; at = stacks.parent[at]) frames.unshift(stacks.frame[at]);
    list.push({ frames, weight: samples.weights[value][sample], thread });
  }
  return list;
}

/** Self and total by key, straight from the definitions; frames whose key is undefined belong to none. */
export function naiveTotals<K>(
  samples: readonly SpeltSample[],
  keyOf: (frame: FrameIndex) => K | undefined,
): Map<K, { self: number; total: number }> {
  const sums = new Map<K, { self: number; total: number }>();
  const sumOf = (key: K) => {
    const known = sums.get(key) ?? { self: 0, total: 0 };
    sums.set(key, known);
    return known;
  };
  for (const { frames, weight } of samples) {
    const keys = frames.map(keyOf);
    const innermost = keys.at(-1);
    if (innermost !== undefined) sumOf(innermost).self += weight;
    for (const key of new Set(keys)) if (key !== undefined) sumOf(key).total += weight;
  }
  for (const [key, { self, total }] of sums) if (self === 0 && total === 0) sums.delete(key);
  return sums;
}
