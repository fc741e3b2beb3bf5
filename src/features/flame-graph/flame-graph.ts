import * as vscode from 'vscode';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { registerPanel } from '../../host/panel.ts';
import { Problem } from '../../host/problem.ts';
import type { Highlight } from '../../protocol/flame-graph.ts';
import { findHighlight, type WantedPlace } from './find-highlight.ts';
import { flameGraphHandlers } from './flame-graph-handlers.ts';
import { registerProfileEditor } from './profile-editor.ts';

/** The flame graph: the panel, which shows the active recording, the ways to it from elsewhere, and the editor of profile files. */
export function flameGraphFeature(host: Host): void {
  const { active, context } = host;
  let highlight: Highlight | undefined;
  const panel = registerPanel(
    host,
    'flame-graph',
    flameGraphHandlers(host, { recordings: active, sources: host.sources }, () => {
      const wanted = highlight ?? null;
      highlight = undefined;
      return wanted;
    }),
  );
  registerProfileEditor(host);
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
