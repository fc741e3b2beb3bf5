import * as vscode from 'vscode';
import type { FlamePlaces } from '../../core/profile/flame-places.ts';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { registerPanel } from '../../host/panel.ts';
import { Problem } from '../../host/problem.ts';
import type { Highlight } from '../../protocol/flame-graph.ts';
import { findHighlight } from './find-highlight.ts';
import { flameGraphHandlers, type WantedOnce } from './flame-graph-handlers.ts';
import { registerProfileEditor } from './profile-editor.ts';
import { type WantedPlace, wantedPlace } from './wanted-place.ts';

/** The flame graph: the panel, which shows the active recording, the ways to it from elsewhere, and the editor of profile files. */
export function flameGraphFeature(host: Host): void {
  const { active, context } = host;
  let highlight: Highlight | undefined;
  let led: { readonly recording: OpenRecording | undefined; readonly places: FlamePlaces } | undefined;
  const once: WantedOnce = {
    highlight() {
      const wanted = highlight ?? null;
      highlight = undefined;
      return wanted;
    },
    places() {
      const wanted = led?.recording === active.current ? led?.places : undefined;
      led = undefined;
      return wanted ?? null;
    },
  };
  const shown = { recordings: active, sources: host.sources };
  const panel = registerPanel(host, 'flame-graph', flameGraphHandlers(host, shown, once));
  registerProfileEditor(host);
  context.subscriptions.push(
    active.onDidChange((what) => panel.changed(what === 'recording' ? 'state' : 'view')),
    // Where a recording is shown, it stays until the next can take its place.
    active.onDidChangeOpening(() => active.current ?? panel.changed('state')),
  );

  const show = async (wanted?: WantedPlace) => {
    if (wanted?.places) {
      led = { recording: active.current, places: wanted.places };
      panel.show();
      panel.changed('view');
    } else if (wanted) {
      highlight = await findHighlight(host, wanted);
      panel.show(vscode.ViewColumn.Beside);
      panel.changed('highlight');
    } else {
      panel.show();
    }
  };
  registerCommand(host, 'perfwright.flameGraph.open', (given: unknown) => show(wantedPlace(given)));
  registerCommand(host, 'perfwright.flameGraph.showLine', async () => {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      throw new Problem('No editor is open. Open a source file and go to the line first.', { isHint: true });
    }
    await show({ file: editor.document.uri.fsPath, line: editor.selection.active.line + 1 });
  });
}
