import * as vscode from 'vscode';
import type { FlameTree } from '../../core/profile/queries/flame-graph.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { Problem } from '../../host/problem.ts';
import type { Sources } from '../../host/sources.ts';
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

async function forPanel(shown: ShownRecording, tree: FlameTree, inView = tree.total[0]): Promise<FlameGraphTree> {
  const { overview, view, shareOf } = open(shown);
  const { file } = tree.functions;
  const inWorkspace = new Map<string, boolean>();
  await Promise.all(
    [...new Set(file)].map(async (recorded) => inWorkspace.set(recorded, await isInWorkspace(shown.sources, recorded))),
  );
  return {
    tree,
    inWorkspace: Uint8Array.from(file, (recorded) => (inWorkspace.get(recorded) ? 1 : 0)),
    whole: shareOf === 'all' ? overview.values[view.value].total : inView,
  };
}

async function isInWorkspace(sources: Sources, recorded: string): Promise<boolean> {
  if (recorded === '') return false;
  const match = await sources.locate(recorded);
  return match.kind === 'found' && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(match.path)) !== undefined;
}
