import * as vscode from 'vscode';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { registerPanel } from '../../host/panel.ts';
import { Problem } from '../../host/problem.ts';
import { savePicture } from '../../host/save-picture.ts';
import type { Highlight } from '../../protocol/flame-graph.ts';
import { findHighlight, type WantedPlace } from './find-highlight.ts';
import { flameGraphState } from './flame-graph-state.ts';
import { flameGraphTree } from './flame-graph-tree.ts';

/** The flame graph panel, which shows the active recording, and the ways to it from elsewhere. */
export function flameGraphFeature(host: Host): void {
  const { active, context } = host;
  let highlight: Highlight | undefined;
  const panel = registerPanel(host, 'flame-graph', {
    state: () => flameGraphState(active),
    tree: () => flameGraphTree(host),
    look: (change) => {
      active.look(change);
      return null;
    },
    open: async (place) => {
      await vscode.commands.executeCommand('perfwright.openSource', place);
      return null;
    },
    copy: async (text) => {
      await vscode.env.clipboard.writeText(text);
      return null;
    },
    save: (picture) => savePicture('the Flame Graph', picture),
    highlight: () => {
      const wanted = highlight ?? null;
      highlight = undefined;
      return wanted;
    },
    cancel: () => {
      active.opening?.cancel();
      return null;
    },
    act: async (id) => {
      await vscode.commands.executeCommand(id);
      return null;
    },
  });
  context.subscriptions.push(
    active.onDidChange((what) => panel.changed(what === 'recording' ? 'state' : 'view')),
    // Where a recording is shown, it stays until the next can take its place.
    active.onDidChangeOpening(() => active.current ?? panel.changed('state')),
  );

  const show = async (wanted?: WantedPlace) => {
    if (wanted) {
      highlight = await findHighlight(host, wanted);
      panel.show(vscode.ViewColumn.Beside);
      panel.changed('highlight');
    } else {
      panel.show();
    }
  };
  registerCommand(host, 'perfwright.flameGraph.open', show);
  registerCommand(host, 'perfwright.flameGraph.showLine', async () => {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      throw new Problem('No editor is open. Open a source file and go to the line first.', { isHint: true });
    }
    await show({ file: editor.document.uri.fsPath, line: editor.selection.active.line + 1 });
  });
}
