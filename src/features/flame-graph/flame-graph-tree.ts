import * as vscode from 'vscode';
import type { Host } from '../../host/host.ts';
import { Problem } from '../../host/problem.ts';
import type { FlameGraphTree } from '../../protocol/flame-graph.ts';

/** The active recording's call tree in the current view. */
export async function flameGraphTree(host: Host): Promise<FlameGraphTree> {
  const { active } = host;
  const { current, view, shareOf } = active;
  if (!current || !view) throw new Problem('No recording is open.');
  const tree = await current.session.ask('flameGraph', { view });
  const { file } = tree.functions;
  const inWorkspace = new Map<string, boolean>();
  await Promise.all(
    [...new Set(file)].map(async (recorded) => inWorkspace.set(recorded, await isInWorkspace(host, recorded))),
  );
  return {
    tree,
    inWorkspace: Uint8Array.from(file, (recorded) => (inWorkspace.get(recorded) ? 1 : 0)),
    whole: shareOf === 'all' ? current.overview.values[view.value].total : tree.total[0],
  };
}

async function isInWorkspace({ sources }: Host, recorded: string): Promise<boolean> {
  if (recorded === '') return false;
  const match = await sources.locate(recorded);
  return match.kind === 'found' && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(match.path)) !== undefined;
}
