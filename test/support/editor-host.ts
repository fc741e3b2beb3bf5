import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Host } from '../../src/host/host.ts';

/** The host of the extension under test, which it hands out to tests alone. */
export async function editorHost(): Promise<Host> {
  const extension = vscode.extensions.getExtension<Host>('perfwright.perfwright');
  assert.ok(extension, 'no extension perfwright.perfwright');
  return extension.activate();
}

/** The folder that is open. */
export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  assert.ok(folder, 'no folder is open');
  return folder;
}

/** Asks again until the answer holds; fails with the last answer after 20 s. */
export async function until<T>(ask: () => T | Promise<T>, holds: (answer: T) => unknown): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > deadline) assert.fail(`not so within 20 s; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
