import * as vscode from 'vscode';
import type { NeighboursAnswer } from '../../core/profile/queries/neighbours-of.ts';
import { registerCommand } from '../../host/commands.ts';
import { type CostText, costText } from '../../host/cost-text.ts';
import type { Host } from '../../host/host.ts';
import { onSettingChange, setting } from '../../host/settings.ts';
import type { DocumentCosts } from '../../host/sources.ts';
import { functionSymbols } from './function-symbols.ts';
import { type FunctionGroup, matchFunctions } from './match-functions.ts';
import { showCallers } from './show-callers.ts';

/** Code lens over each function with cost: its figures, its callers, its flame graph. Over a changed file: that it was changed. */
export function lensesFeature(host: Host): void {
  const { context, sources } = host;
  const changed = new vscode.EventEmitter<void>();
  const refresh = () => changed.fire();
  const attempts = new WeakMap<vscode.TextDocument, number>();
  // A language server that starts has no symbols yet, and doesn't say when it has.
  const askAgain = (document: vscode.TextDocument) => {
    const attempt = attempts.get(document) ?? 0;
    attempts.set(document, attempt + 1);
    if (attempt < SYMBOL_WAITS_MS.length) setTimeout(refresh, SYMBOL_WAITS_MS[attempt]);
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      if (!setting('lenses.enabled')) return [];
      const costs = await sources.costs(document);
      if (!costs) return [];
      if (costs.changed !== undefined) return changedLenses(costs.recorded, costs.changed);
      const symbols = await functionSymbols(document);
      if (symbols.length === 0) askAgain(document);
      return functionLenses(host, document, costs, matchFunctions(costs.lines.functions, symbols, linesOf(document)));
    },
    async resolveCodeLens(lens) {
      if (lens instanceof FunctionLens) lens.command = await lens.write();
      return lens;
    },
  };
  context.subscriptions.push(
    changed,
    sources.onDidChange(refresh),
    onSettingChange(['lenses.enabled', 'units'], refresh),
    vscode.languages.registerCodeLensProvider({ scheme: 'file' }, provider),
  );
  registerCommand(host, 'perfwright.showCallers', (functions: readonly number[]) => showCallers(host, functions));
  registerCommand(host, 'perfwright.showChangedFile', (recorded: string) => sources.showAnyway(recorded));
}

/** Only Python's definitions are looked for in the text. */
function linesOf(document: vscode.TextDocument): readonly string[] {
  return document.languageId === 'python' ? document.getText().split('\n') : [];
}

const SYMBOL_WAITS_MS = [2000, 6000, 18_000];

/** A lens that is written when it comes into sight. */
class FunctionLens extends vscode.CodeLens {
  readonly write: () => Promise<vscode.Command>;

  constructor(line: number, write: () => Promise<vscode.Command>) {
    super(new vscode.Range(line - 1, 0, line - 1, 0));
    this.write = write;
  }
}

function functionLenses(
  { active }: Host,
  document: vscode.TextDocument,
  { lines, recorded }: DocumentCosts,
  groups: readonly FunctionGroup[],
): vscode.CodeLens[] {
  const { current, view } = active;
  const text = costText(active, lines);
  if (!current || !view || !text) return [];
  return groups
    .filter(({ line }) => line <= document.lineCount)
    .flatMap(({ line, functions }) => {
      const indices = functions.map((func) => func.function);
      let answer: Promise<NeighboursAnswer> | undefined;
      const around = () => {
        answer ??= current.session.ask('functionNeighbours', { view, function: indices });
        return answer;
      };
      const place = { function: functions[0].name, file: recorded, line };
      const isCalled = functions.some(({ callers }) => callers > 0);
      return [
        new FunctionLens(line, async () => ({ title: figures(await around(), text), command: '' })),
        ...(isCalled
          ? [
              new FunctionLens(line, async () => ({
                title: callersText(await around()),
                command: 'perfwright.showCallers',
                arguments: [indices],
              })),
            ]
          : []),
        new FunctionLens(line, async () => ({
          title: 'flame graph',
          command: 'perfwright.flameGraph.open',
          arguments: [place],
        })),
      ];
    });
}

function figures({ focusTotal, focusSelf }: NeighboursAnswer, text: CostText): string {
  const both = `${text.brief(focusTotal)} total · ${text.brief(focusSelf)} self`;
  return setting('units') === 'shareAndAmount' ? `${both} · ${text.amount(focusTotal)}` : both;
}

function callersText({ callers }: NeighboursAnswer): string {
  const count = new Set(callers.filter(({ name }) => name !== '').map((caller) => caller.function)).size;
  return count === 1 ? '1 caller' : `${count} callers`;
}

function changedLenses(recorded: string, why: string): vscode.CodeLens[] {
  const range = new vscode.Range(0, 0, 0, 0);
  return [
    new vscode.CodeLens(range, { title: `${why}: costs are not shown`, command: '' }),
    new vscode.CodeLens(range, { title: 'show anyway', command: 'perfwright.showChangedFile', arguments: [recorded] }),
    new vscode.CodeLens(range, { title: 'profile again', command: 'perfwright.profileAgain' }),
  ];
}
