import { NONE } from '../profile.ts';
import { sizeOfWeights } from '../size-of-weights.ts';
import type { QueryModel, View } from './query-model.ts';

/** Share (0 to 1) of what is in view that has a frame in one of these files, named as recorded, anywhere in its stack. */
export function workspaceShare(model: QueryModel, { view, files }: { view: View; files: readonly string[] }): number {
  const { profile, weights } = model.viewed(view);
  const { stacks, frames, strings } = profile;
  const wanted = new Set(files);
  const inFiles = Uint8Array.from({ length: frames.length }, (_, frame) =>
    wanted.has(strings[frames.file[frame]]) ? 1 : 0,
  );
  const covered = new Uint8Array(stacks.length);
  let weight = 0;
  for (let stack = 0; stack < stacks.length; stack++) {
    const parent = stacks.parent[stack];
    if (inFiles[stacks.frame[stack]] === 1 || (parent !== NONE && covered[parent] === 1)) {
      covered[stack] = 1;
      weight += Math.abs(weights.self[stack]);
    }
  }
  return weight / sizeOfWeights(weights);
}
