import * as vscode from 'vscode';
import type { LineHeat } from './heat.ts';
import { type HeatColors, heatBar } from './heat-bar.ts';

/**
 * The decoration types of line heat: a bar for each step, filled or hollow, with its mark in the overview ruler; and one for what is
 * written at the end of a line.
 */
export class HeatDecorations implements vscode.Disposable {
  readonly #bars: readonly { own: vscode.TextEditorDecorationType; called: vscode.TextEditorDecorationType }[];
  readonly #text: vscode.TextEditorDecorationType;

  constructor(colors: HeatColors) {
    const bar = (step: number, isOwn: boolean) =>
      vscode.window.createTextEditorDecorationType({
        gutterIconPath: heatBar(colors[step - 1], step, isOwn),
        gutterIconSize: 'contain',
        overviewRulerColor: new vscode.ThemeColor(`perfwright.heat${step}`),
        overviewRulerLane: vscode.OverviewRulerLane.Left,
      });
    this.#bars = colors.map((_, index) => ({ own: bar(index + 1, true), called: bar(index + 1, false) }));
    this.#text = vscode.window.createTextEditorDecorationType({
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      after: { color: new vscode.ThemeColor('perfwright.lineCostForeground'), margin: '0 0 0 3em' },
    });
  }

  /** Replaces the bars of an editor. */
  showBars(editor: vscode.TextEditor, heat: readonly LineHeat[]): void {
    for (const [index, { own, called }] of this.#bars.entries()) {
      const ofStep = heat.filter(({ step }) => step === index + 1);
      const ranges = (lines: readonly LineHeat[]) => lines.map(({ line }) => new vscode.Range(line, 0, line, 0));
      editor.setDecorations(own, ranges(ofStep.filter(({ isOwn }) => isOwn)));
      editor.setDecorations(called, ranges(ofStep.filter(({ isOwn }) => !isOwn)));
    }
  }

  /** Replaces what is written at the end of an editor's lines. */
  showTexts(editor: vscode.TextEditor, texts: readonly { readonly line: number; readonly text: string }[]): void {
    editor.setDecorations(
      this.#text,
      texts.map(({ line, text }) => {
        const { end } = editor.document.lineAt(line).range;
        return { range: new vscode.Range(end, end), renderOptions: { after: { contentText: text } } };
      }),
    );
  }

  dispose(): void {
    for (const { own, called } of this.#bars) {
      own.dispose();
      called.dispose();
    }
    this.#text.dispose();
  }
}
