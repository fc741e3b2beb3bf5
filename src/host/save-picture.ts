import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PictureFile } from '../protocol/flame-graph.ts';

/** Asks where to save a picture of something, and saves it there. Gives the path; null where the person chose none. */
export async function savePicture(what: string, { format, name, bytes }: PictureFile): Promise<string | null> {
  const file = `${name.replace(/[/\\:*?"<>|\s]+/g, '-')}.${format}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: `Save ${what} as ${format.toUpperCase()}`,
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, file) } : {}),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (!target) return null;
  await writeFile(target.fsPath, bytes);
  return target.fsPath;
}
