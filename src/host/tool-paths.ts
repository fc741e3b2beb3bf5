import * as vscode from 'vscode';
import { TOOLS } from '../tools/index.ts';
import { settingOf } from '../tools/tool.ts';

/** Paths of tools that a person has set, by the tool's name. They are settings of the machine: a workspace can't choose what runs. */
export function toolPaths(): Record<string, string> {
  const settings = vscode.workspace.getConfiguration();
  return Object.fromEntries(
    TOOLS.flatMap((tool) => {
      const path = settings.get<string>(settingOf(tool), '');
      return path === '' ? [] : [[tool.name, path]];
    }),
  );
}
