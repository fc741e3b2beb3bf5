import * as vscode from 'vscode';

/** Profile files that are dropped on the runs, from the explorer or another window: one is opened, two are compared. */
export const DROPPED_PROFILES: vscode.TreeDragAndDropController<unknown> = {
  dragMimeTypes: [],
  dropMimeTypes: ['text/uri-list'],
  async handleDrop(_target, data) {
    const list = (await data.get('text/uri-list')?.asString()) ?? '';
    // RFC 2483, section 5: one a line, comments begin with `#`.
    const uris = list
      .split(/\r?\n/)
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => vscode.Uri.parse(line));
    if (uris.length === 1) await vscode.commands.executeCommand('perfwright.openProfile', uris[0]);
    else await vscode.commands.executeCommand('perfwright.compareProfiles', uris[0], uris);
  },
};
