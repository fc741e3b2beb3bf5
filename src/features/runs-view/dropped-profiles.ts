import * as vscode from 'vscode';
import { droppedFiles } from '../../host/dropped-files.ts';

/** Profile files that are dropped on the runs, from the explorer or another window: one is opened, two are compared. */
export const DROPPED_PROFILES: vscode.TreeDragAndDropController<unknown> = {
  dragMimeTypes: [],
  dropMimeTypes: ['text/uri-list'],
  async handleDrop(_target, data) {
    const list = (await data.get('text/uri-list')?.asString()) ?? '';
    const files = droppedFiles(list).map((path) => vscode.Uri.file(path));
    if (files.length === 0) void vscode.window.showInformationMessage('What was dropped is no file on this machine.');
    else if (files.length === 1) await vscode.commands.executeCommand('perfwright.openProfile', files[0]);
    else await vscode.commands.executeCommand('perfwright.compareProfiles', files[0], files);
  },
};
