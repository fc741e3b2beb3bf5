import type { View } from '../../src/core/profile/queries/query-model.ts';
import type { ViewPart } from '../../src/core/profile/queries/view-parts.ts';
import type { Chip } from './chips.ts';

/** The part of a view that chips show: comparisons have no threads. */
export type ChippedView = Pick<View, 'inlines' | 'kernel' | 'operations'>;

/**
 * A chip for each thing that a view does to a recording.
 *
 * @param parts of `view`, with one for each of its operations
 * @param look changes the view that there is by then: until the host has answered, another chip may be taken away
 */
export function viewChips(
  parts: readonly ViewPart[],
  { operations }: ChippedView,
  look: (change: (now: ChippedView) => Partial<View>) => void,
): readonly Chip[] {
  const left = [...operations];
  return parts.map(({ of, words: text }) => {
    if (of !== 'operation') return { text, remove: () => look(() => WITHOUT[of]) };
    const operation = left.shift();
    return { text, remove: () => look((now) => ({ operations: now.operations.filter((one) => one !== operation) })) };
  });
}

const WITHOUT = { threads: { threads: null }, inlines: { inlines: true }, kernel: { kernel: true } } as const;
