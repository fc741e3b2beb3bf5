import * as vscode from 'vscode';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { openProfile } from '../../host/open-profile.ts';
import { Problem } from '../../host/problem.ts';

/** *Open Profile…*: any file an importer knows, from a dialog or from the explorer. */
export function openProfileFeature(host: Host): void {
  registerCommand(host, 'perfwright.openProfile', async (given: unknown, selected: unknown) => {
    if (isSeveral(selected)) return openInEditors(selected);
    // A button of a view's title is given the row that has the focus.
    const uri = given instanceof vscode.Uri ? given : await chooseFile();
    if (!uri) return;
    if (uri.scheme !== 'file') {
      throw new Problem(`${uri.toString()} is not on this machine's disk. Save it to a file first, then open that.`);
    }
    await openProfile(host, uri.fsPath);
    const isInSight = await vscode.commands.executeCommand<boolean>('perfwright.revealHottest');
    if (!isInSight) await vscode.commands.executeCommand('perfwright.hotSpots.focus');
  });
}

/** Whether more than one file was selected in the explorer. */
function isSeveral(selected: unknown): selected is readonly vscode.Uri[] {
  return Array.isArray(selected) && selected.length > 1 && selected.every((one) => one instanceof vscode.Uri);
}

/** Only one recording is shown everywhere; of several each has an editor, as where they are opened without a menu. */
async function openInEditors(files: readonly vscode.Uri[]): Promise<void> {
  for (const file of files) {
    await vscode.commands.executeCommand('vscode.openWith', file, 'perfwright.profileEditor.option', {
      preview: false,
    });
  }
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Open Profile',
    openLabel: 'Open Profile',
    defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
  });
  return chosen?.[0];
}
