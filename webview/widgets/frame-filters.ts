import { exactPattern } from '../../src/core/exact-pattern.ts';
import type { Operation } from '../../src/core/profile/operations/operation.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import type { FlameTree } from '../../src/core/profile/queries/flame-graph.ts';

/** What can be done to a recording with a function of its flame graph, as menus say it. */
export interface FrameFilter {
  readonly label: string;
  readonly operation: Operation;
}

export function frameFilters({ functions }: FlameTree, func: number): FrameFilter[] {
  const pattern = exactPattern(functions.name[func]);
  const module = functions.module[func];
  return [
    { label: 'Only Samples With It', operation: { op: 'focus', pattern } },
    { label: 'Without Samples of It', operation: { op: 'ignore', pattern } },
    { label: 'Stacks From It On', operation: { op: 'show-from', pattern } },
    { label: 'Merge It Into Its Callers', operation: { op: 'merge', pattern } },
    { label: 'Collapse What It Calls', operation: { op: 'collapse', pattern } },
    ...(module === NONE
      ? []
      : [
          {
            label: 'Collapse Its Module',
            operation: { op: 'collapse-module', pattern: exactPattern(functions.modules[module]) } as const,
          },
        ]),
    { label: 'Collapse Recursion', operation: { op: 'collapse-recursion' } },
  ];
}
