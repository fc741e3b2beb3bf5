import * as vscode from 'vscode';
import type { FunctionSymbol } from './match-functions.ts';

/** The functions of a document as its language knows them; none where no extension for the language is there, or isn't ready. */
export async function functionSymbols(document: vscode.TextDocument): Promise<FunctionSymbol[]> {
  const symbols = await vscode.commands.executeCommand<
    (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', document.uri);
  const found: FunctionSymbol[] = [];
  const waiting = [...(symbols ?? [])];
  for (let symbol = waiting.pop(); symbol !== undefined; symbol = waiting.pop()) {
    if ('children' in symbol) waiting.push(...symbol.children);
    if (!FUNCTIONS.has(symbol.kind)) continue;
    const { range, selectionRange } =
      'children' in symbol ? symbol : { range: symbol.location.range, selectionRange: symbol.location.range };
    found.push({
      name: symbol.name,
      firstLine: range.start.line + 1,
      nameLine: selectionRange.start.line + 1,
      lastLine: range.end.line + 1,
    });
  }
  return found;
}

const FUNCTIONS = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Operator,
]);
