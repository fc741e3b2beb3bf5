import * as vscode from 'vscode';

/**
 * Paths of tools that a person has set, by the tool's name: `perfwright.tools.NAME.path`. They are settings of the machine: a workspace
 * can't choose what runs.
 */
export function toolPaths(): Record<string, string> {
  const tools = vscode.workspace.getConfiguration('perfwright').get<Record<string, { path?: string }>>('tools', {});
  return Object.fromEntries(
    Object.entries(tools).flatMap(([name, { path }]) => (path === undefined || path === '' ? [] : [[name, path]])),
  );
}
