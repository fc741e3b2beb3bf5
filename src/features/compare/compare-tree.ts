import * as vscode from 'vscode';
import type { Host } from '../../host/host.ts';
import type { CompareTree } from '../../protocol/compare.ts';
import type { Comparison } from './comparison.ts';

/** The call tree of both in the current view. */
export async function compareTree(host: Host, comparison: Comparison): Promise<CompareTree> {
  const { session } = comparison.required();
  const { view, look } = comparison;
  const answer = await session.ask('diffFlameGraph', { view, width: look.width });
  const { file } = answer.tree.functions;
  const inWorkspace = new Map<string, boolean>();
  await Promise.all(
    [...new Set(file)].map(async (recorded) => inWorkspace.set(recorded, await isInWorkspace(host, recorded))),
  );
  return { ...answer, inWorkspace: Uint8Array.from(file, (recorded) => (inWorkspace.get(recorded) ? 1 : 0)) };
}

async function isInWorkspace({ sources }: Host, recorded: string): Promise<boolean> {
  if (recorded === '') return false;
  const match = await sources.locate(recorded);
  return match.kind === 'found' && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(match.path)) !== undefined;
}
