import * as vscode from 'vscode';
import { commandAction, Problem } from './problem.ts';

/** Throws in a workspace that isn't trusted, where nothing is launched. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new Problem('Nothing is launched in a workspace that is not trusted. Profiles can still be opened.', {
    actions: [
      commandAction('Manage Trust', 'workbench.trust.manage'),
      commandAction('Open Profile…', 'perfwright.openProfile'),
    ],
  });
}
