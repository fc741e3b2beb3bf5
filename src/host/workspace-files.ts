import * as vscode from 'vscode';
import type { Sources } from './sources.ts';

/** Those of some recorded paths whose source is a file of the workspace. */
export async function workspaceFiles(sources: Sources, recorded: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const look = async (path: string): Promise<void> => {
    if (path === '') return;
    const match = await sources.locate(path);
    if (match.kind !== 'found') return;
    if (vscode.workspace.getWorkspaceFolder(vscode.Uri.file(match.path)) !== undefined) found.add(path);
  };
  await Promise.all([...new Set(recorded)].map(look));
  return found;
}

/** For a table of recorded paths: 1 where the source is a file of the workspace. */
export async function inWorkspace(sources: Sources, recorded: readonly string[]): Promise<Uint8Array> {
  const found = await workspaceFiles(sources, recorded);
  return Uint8Array.from(recorded, (path) => (found.has(path) ? 1 : 0));
}
