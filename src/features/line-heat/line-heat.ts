import * as vscode from 'vscode';
import { showError } from '../../host/commands.ts';
import { costText } from '../../host/cost-text.ts';
import type { Host } from '../../host/host.ts';
import { onSettingChange, setting } from '../../host/settings.ts';
import { lineHeat } from './heat.ts';
import { heatColors } from './heat-bar.ts';
import { HeatDecorations } from './heat-decorations.ts';

/** Line heat: bars in the gutter, marks in the overview ruler, and the cost at the end of hot lines, in every visible editor. */
export function lineHeatFeature(host: Host): void {
  const { context, sources } = host;
  const colors = () => heatColors(context.extension);
  let decorations: HeatDecorations | undefined;
  let latest = 0;
  /** Why an editor shows no costs. */
  const changed = new WeakMap<vscode.TextEditor, string>();

  const paintAll = () => {
    latest++;
    if (!decorations && !host.active.current) return;
    decorations ??= new HeatDecorations(colors());
    const [into, turn] = [decorations, latest];
    const isCurrent = () => turn === latest;
    for (const editor of vscode.window.visibleTextEditors) {
      paint(host, editor, into, isCurrent)
        .then((why) => {
          if (!isCurrent()) return;
          if (why === undefined) changed.delete(editor);
          else changed.set(editor, why);
        })
        .catch((error: unknown) => showError(host, error));
    }
  };
  const repaintAnew = () => {
    decorations?.dispose();
    decorations = undefined;
    paintAll();
  };

  context.subscriptions.push(
    sources.onDidChange(paintAll),
    vscode.window.onDidChangeVisibleTextEditors(paintAll),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      const why = changed.get(textEditor);
      if (why !== undefined && decorations) hint(textEditor, decorations, why);
    }),
    onSettingChange(['lines.gutter', 'lines.endOfLine', 'lines.threshold', 'lenses.enabled', 'units'], paintAll),
    vscode.window.onDidChangeActiveColorTheme(repaintAnew),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('workbench.colorCustomizations')) repaintAnew();
    }),
    { dispose: () => decorations?.dispose() },
  );
}

/** Shows the costs of an editor's document; gives why there are none to be shown, where the text is another by now. */
async function paint(
  { active, sources }: Host,
  editor: vscode.TextEditor,
  decorations: HeatDecorations,
  isCurrent: () => boolean,
): Promise<string | undefined> {
  const costs = await sources.costs(editor.document);
  if (!isCurrent()) return undefined;
  const text = costs && costText(active, costs.lines);
  if (!costs || !text) {
    decorations.showBars(editor, []);
    decorations.showTexts(editor, []);
    return undefined;
  }
  if (costs.changed !== undefined) {
    decorations.showBars(editor, []);
    hint(editor, decorations, costs.changed);
    return costs.changed;
  }
  const heat = lineHeat(costs.lines, text.whole, editor.document.lineCount);
  const least = (setting('lines.threshold') / 100) * text.whole;
  const hot = setting('lines.endOfLine') ? heat.filter(({ total }) => Math.abs(total) >= least) : [];
  decorations.showBars(editor, setting('lines.gutter') ? heat : []);
  decorations.showTexts(
    editor,
    hot.map(({ line, total, self }) => ({ line, text: `${text.cost(total)}\u00a0\u00a0 self ${text.brief(self)}` })),
  );
  return undefined;
}

/** Says at the cursor, where a person looks, why there are no costs. A lens says so at the top, with what can be done about it. */
function hint(editor: vscode.TextEditor, decorations: HeatDecorations, why: string): void {
  decorations.showTexts(editor, [{ line: editor.selection.active.line, text: `${why}: costs are not shown` }]);
}
