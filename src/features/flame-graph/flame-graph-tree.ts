import type { FlameTree } from '../../core/profile/queries/flame-graph.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { Problem } from '../../host/problem.ts';
import { inWorkspace } from '../../host/workspace-files.ts';
import type { FlameGraphSandwich, FlameGraphTree, SandwichWish, TreeWish } from '../../protocol/flame-graph.ts';
import type { ShownRecording } from './shown-recording.ts';

/** A recording's call tree in its current view. */
export async function flameGraphTree(
  shown: ShownRecording,
  { isBottomUp, leastShare }: TreeWish,
): Promise<FlameGraphTree> {
  const { session, view } = open(shown);
  return forPanel(shown, await session.ask('flameGraph', { view, inverted: isBottomUp, leastShare }));
}

/** What led to a function and what it led to, in the current view. */
export async function flameGraphSandwich(
  shown: ShownRecording,
  { functions }: SandwichWish,
): Promise<FlameGraphSandwich> {
  const { session, view } = open(shown);
  const { callers, callees, whole } = await session.ask('sandwich', { view, function: functions });
  return {
    callers: await forPanel(shown, callers, whole),
    callees: await forPanel(shown, callees, whole),
  };
}

function open({ recordings: { current } }: ShownRecording): OpenRecording {
  if (!current) throw new Problem('No recording is open.');
  return current;
}

async function forPanel(shown: ShownRecording, tree: FlameTree, ofSandwich?: number): Promise<FlameGraphTree> {
  const { session, view, shareOf } = open(shown);
  const { whole, size } = await session.ask('measure', { view });
  return {
    tree,
    inWorkspace: await inWorkspace(shown.sources, tree.functions.file),
    whole: shareOf === 'all' ? whole : (ofSandwich ?? size),
  };
}
