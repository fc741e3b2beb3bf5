import { flameColours, type SeenGroups } from '../../../src/core/profile/flame-colours.ts';
import { flameLayout } from '../../../src/core/profile/flame-layout.ts';
import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { FlameGraphContract, FlameGraphTree } from '../../../src/protocol/flame-graph.ts';
import type { FlamePicture } from '../../widgets/frame-words.ts';
import type { KeptState } from './kept-state.ts';

/** Functions whose callers and callees are shown. */
export interface Sandwiched {
  readonly functions: readonly number[];
  readonly label: string;
}

/** What a picture is made of: a call tree, or what a function calls with what calls it. */
export interface FlameTrees {
  readonly main: FlameGraphTree;
  readonly callers: FlameGraphTree | undefined;
}

/** @param leastShare nodes of a smaller share of the root are left out of a call tree */
export async function askTrees(
  host: HostConnection<FlameGraphContract>,
  sandwiched: Sandwiched | undefined,
  { isBottomUp }: KeptState,
  leastShare: number,
): Promise<FlameTrees> {
  if (!sandwiched) return { main: await host.ask('tree', { isBottomUp, leastShare }), callers: undefined };
  const { callers, callees } = await host.ask('sandwich', { functions: sandwiched.functions });
  return { main: callees, callers };
}

export function flamePicture(
  { tree, inWorkspace, whole }: FlameGraphTree,
  { order, colouring }: KeptState,
  seen: SeenGroups,
  rootLabel = 'all',
): FlamePicture {
  return {
    tree,
    layout: flameLayout(tree, order),
    colours: flameColours(tree, colouring, seen),
    inWorkspace: inWorkspace.includes(1) ? inWorkspace : undefined,
    matches: undefined,
    rootLabel,
    whole,
  };
}

/** What a picture of them may mislead about, whatever was recorded. */
export function mayMislead({ main, callers }: FlameTrees): string[] {
  const trees = [main, ...(callers ? [callers] : [])].map(({ tree }) => tree);
  const depth = Math.min(...trees.map(({ cutDepth }) => cutDepth ?? Number.POSITIVE_INFINITY));
  return [
    X_IS_NOT_TIME,
    ...(hasBelowNothing(main) || (callers && hasBelowNothing(callers)) ? [BELOW_NOTHING] : []),
    ...(Number.isFinite(depth) ? [`Stacks are cut ${depth} frames from the root: all of them would be too much.`] : []),
  ];
}

const X_IS_NOT_TIME =
  'From left to right is not time. Calls of one function are added up, and stand in order of cost or of name.';
const BELOW_NOTHING =
  'Costs below 0 have no width, and what they are taken off may leave no room for what stands beside it. The top table and the call tree show all of it.';

/** As a difference has it: calls that cost less than nothing, which no width can show. */
export function hasBelowNothing({ tree }: FlameGraphTree): boolean {
  return tree.total.some((cost) => cost < 0);
}
