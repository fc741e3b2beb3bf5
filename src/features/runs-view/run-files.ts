import * as vscode from 'vscode';
import { whenText } from '../../core/date-text.ts';
import type { Host } from '../../host/host.ts';
import type { RunNode } from './run-tree.ts';

/** Shows a run's folder in the explorer, or in the system's own file manager where it isn't there. */
export async function revealRun({ store, run }: RunNode): Promise<void> {
  const record = vscode.Uri.joinPath(vscode.Uri.file(store.runFolder(run.id)), 'run.json');
  await vscode.commands.executeCommand('revealInExplorer', record);
}

/** Deletes a run and its artifacts, once a person has said yes. */
export async function deleteRun({ active }: Host, { store, run }: RunNode): Promise<void> {
  const when = whenText(new Date(run.start));
  const answer = await vscode.window.showWarningMessage(
    `Delete the run “${run.title}” of ${when}?`,
    { modal: true, detail: 'Its recording is deleted from the disk and cannot be brought back.' },
    'Delete',
  );
  if (answer !== 'Delete') return;
  await store.remove(run.id);
  if (active.current?.runId === run.id) active.show(undefined);
}
