import { basename } from 'node:path';
import * as vscode from 'vscode';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { commandAction, Problem } from '../../host/problem.ts';

/** A place in a source file, as a recording names it. */
export interface RecordedPlace {
  /** Path as recorded. */
  readonly file: string;
  /** 1-based; 0 where it isn't known. */
  readonly line: number;
  /** Whether the focus stays where it is: nobody asked to go there, and may be typing. */
  readonly keepsFocus?: boolean;
}

/** *Open source*: the file here that a recorded path stands for, at a line. Asks where it can't tell. */
export function openSourceFeature(host: Host): void {
  registerCommand(host, 'perfwright.openSource', async (place: RecordedPlace) => {
    const path = await localPath(host, place.file);
    if (path === undefined) return;
    const line = Math.max(0, place.line - 1);
    await vscode.window.showTextDocument(vscode.Uri.file(path), {
      viewColumn: columnForText(),
      preserveFocus: place.keepsFocus ?? false,
      selection: new vscode.Range(line, 0, line, 0),
    });
  });
}

async function localPath({ sources }: Host, recorded: string): Promise<string | undefined> {
  if (recorded === '') {
    throw new Problem('Its source file is not known: there is no debug information for it. Compile with -g.');
  }
  const match = await sources.locate(recorded);
  if (match.kind === 'found') return match.path;
  if (match.kind === 'missing') {
    throw new Problem(
      `${recorded} is not on this machine, and no file of the workspace is called ${basename(recorded)}.`,
      {
        actions: [
          { title: 'Choose File…', run: () => chooseFile(recorded, (path) => sources.choose(recorded, path)) },
          commandAction('Map Folders', 'workbench.action.openSettings', 'perfwright.sourceMap'),
        ],
      },
    );
  }
  const chosen = await vscode.window.showQuickPick(
    match.candidates.map((path) => ({ label: vscode.workspace.asRelativePath(path), path })),
    {
      title: `Which file is ${recorded}?`,
      placeHolder: 'The recording was made in another folder; several files may be it.',
    },
  );
  if (chosen) sources.choose(recorded, chosen.path);
  return chosen?.path;
}

async function chooseFile(recorded: string, use: (path: string) => void): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ title: `Which file is ${recorded}?`, openLabel: 'This One' });
  if (!chosen) return;
  use(chosen[0].fsPath);
  await vscode.window.showTextDocument(chosen[0]);
}

/** Where text goes: never over the panel a person clicked in. */
function columnForText(): vscode.ViewColumn {
  const isEmpty = vscode.window.tabGroups.activeTabGroup.activeTab === undefined;
  if (isEmpty || vscode.window.activeTextEditor) return vscode.ViewColumn.Active;
  return vscode.window.visibleTextEditors[0]?.viewColumn ?? vscode.ViewColumn.Beside;
}
