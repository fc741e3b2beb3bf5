import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';

/** Tells when a file was written, or is there again, once it is left alone; until what is given is disposed of. */
export function watchFile(fsPath: string, onWritten: () => void): vscode.Disposable {
  // Its name as a pattern would mean others where it has brackets.
  const pattern = new vscode.RelativePattern(vscode.Uri.file(dirname(fsPath)), '*');
  const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, false, true);
  let timer: NodeJS.Timeout | undefined;
  const soon = (changed: vscode.Uri) => {
    if (changed.fsPath !== fsPath) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (await hasContent(fsPath)) onWritten();
    }, SETTLE_MS);
  };
  watcher.onDidCreate(soon);
  watcher.onDidChange(soon);
  return vscode.Disposable.from(watcher, new vscode.Disposable(() => clearTimeout(timer)));
}

/** Profilers write their files piece by piece. */
const SETTLE_MS = 500;

/** A shell empties a file before the program begins that writes it. */
async function hasContent(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
}
