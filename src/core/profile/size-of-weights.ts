import type { StackWeights } from './stack-weights.ts';

/**
 * What shares of a recording's data are of, so that each is between 0 and 1: what its stacks weigh, whichever way. Memory that was given
 * back is below zero, so that a part may be more than the sum. Not `size`, which may be of a difference's base alone.
 */
export function sizeOfWeights({ self, stackless, total }: StackWeights): number {
  if (stackless >= 0 && self.every((weight) => weight >= 0)) return total;
  return self.reduce((size, weight) => size + Math.abs(weight), Math.abs(stackless));
}
