import { access, constants } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import * as vscode from 'vscode';
import type { Host } from '../../host/host.ts';
import { onSettingChange, setting } from '../../host/settings.ts';
import { PYTHON, runnablePlaces } from './runnable-places.ts';

/** Code lens over what can be run by itself, a test, a benchmark or a main program: it is profiled by a click. */
export function runLensesFeature({ context }: Host): void {
  const changed = new vscode.EventEmitter<void>();
  const refresh = () => changed.fire();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath;
      if (folder === undefined || !setting('lenses.run') || !vscode.workspace.isTrusted) return [];
      const path = document.uri.fsPath;
      const places = runnablePlaces(document.languageId, relative(folder, path), document.getText());
      const python = places.some(({ argv }) => argv.includes(PYTHON)) ? await pythonOf(folder) : '';
      return places.map(({ line, what, argv, cwd }) => {
        const words = argv.map((word) => (word === PYTHON ? python : word));
        const key = { kind: 'typed', folder, argv: words, cwd: cwd === 'file' ? dirname(path) : folder };
        return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
          title: `$(flame) profile this ${what}`,
          command: 'perfwright.profileTarget',
          arguments: [key],
          tooltip: words.join(' '),
        });
      });
    },
  };
  context.subscriptions.push(
    changed,
    onSettingChange(['lenses.run'], refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.languages.registerCodeLensProvider(
      ['go', 'python'].map((language) => ({ scheme: 'file', language })),
      provider,
    ),
  );
}

/** The interpreter of a folder: that of a virtual environment in it, else the one on PATH. */
async function pythonOf(folder: string): Promise<string> {
  for (const name of ['.venv', 'venv', 'env']) {
    const path = join(folder, name, 'bin', 'python');
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return 'python3';
}
