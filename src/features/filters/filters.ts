import * as vscode from 'vscode';
import { askOperation } from '../../host/ask-operation.ts';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { requireRecording } from '../../host/require-recording.ts';

/** What is done to the active recording before it is shown: adding, removing, undoing. */
export function filtersFeature(host: Host): void {
  registerCommand(host, 'perfwright.addFilter', () => addFilter(requireRecording(host.active).recording));
  registerCommand(host, 'perfwright.filters', () => chooseFilter(requireRecording(host.active).recording));
  registerCommand(host, 'perfwright.undoView', () => requireRecording(host.active).recording.undo());
  registerCommand(host, 'perfwright.redoView', () => requireRecording(host.active).recording.redo());
}

async function addFilter(recording: OpenRecording): Promise<void> {
  const { session } = recording;
  const operation = await askOperation({
    choices: () => session.ask('operationChoices', undefined),
    read: (typed) => session.ask('readOperation', typed),
    attempt: (wanted) =>
      session.ask('measure', { view: { ...recording.view, operations: [...recording.view.operations, wanted] } }),
  });
  if (operation) recording.look({ operations: [...recording.view.operations, operation] });
}

/** Shows the filters there are; the one that is picked goes. */
async function chooseFilter(recording: OpenRecording): Promise<void> {
  const { operations } = recording.view;
  if (operations.length === 0) return addFilter(recording);
  const words = await recording.session.ask('operationWords', { operations });
  const items: (vscode.QuickPickItem & { run(): unknown })[] = [
    ...words.map((label, at) => ({
      label: `$(close) ${label}`,
      description: 'remove',
      run: () => recording.look({ operations: operations.filter((_, other) => other !== at) }),
    })),
    { label: '$(add) Add a filter…', run: () => addFilter(recording) },
    { label: '$(clear-all) Remove all filters', run: () => recording.look({ operations: [] }) },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Filters', placeHolder: recording.title });
  await picked?.run();
}
