import { basename } from 'node:path';
import * as vscode from 'vscode';
import { commandLine } from './command-words.ts';
import { launchProgram } from './launch-program.ts';
import { prepareProgram } from './prepare-program.ts';
import { type Entry, isEntry, type RawTarget, textOf } from './raw-program.ts';
import type { Target } from './target.ts';
import { taskLabel, taskProgram } from './task-program.ts';

/** The launch configurations of the workspace, those that can't be profiled too. */
export function launchTargets(): Target[] {
  return configured('launch').flatMap(({ folder, section }) =>
    entries(section.get('configurations')).map((entry) =>
      target('launch', textOf(entry['name']), folder, entries(section.get('inputs')), launchProgram(entry)),
    ),
  );
}

/** The tasks of the workspace that run a program. */
export function taskTargets(): Target[] {
  return configured('tasks').flatMap(({ folder, section }) => {
    const file = { type: section.get('type'), options: section.get('options') };
    return entries(section.get('tasks')).flatMap((entry) => {
      const raw = taskProgram(entry, file);
      return raw ? [target('task', taskLabel(entry), folder, entries(section.get('inputs')), raw)] : [];
    });
  });
}

function target(
  kind: 'launch' | 'task',
  name: string,
  folder: vscode.WorkspaceFolder,
  inputs: readonly Entry[],
  raw: RawTarget,
): Target {
  const path = folder.uri.fsPath;
  const shared = { kind, label: name, folder: path, key: { kind, folder: path, name } };
  if ('problem' in raw) {
    return { ...shared, detail: '', problem: raw.problem, prepare: () => Promise.reject(new Error(raw.problem)) };
  }
  const [program, ...args] = raw.program.argv;
  return {
    ...shared,
    detail: commandLine([basename(program), ...args]),
    prepare: () => prepareProgram(raw.program, folder, inputs),
  };
}

/** A section of the settings for each folder that is on this machine. */
function configured(name: string): { folder: vscode.WorkspaceFolder; section: vscode.WorkspaceConfiguration }[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map((folder) => ({ folder, section: vscode.workspace.getConfiguration(name, folder.uri) }));
}

function entries(value: unknown): Entry[] {
  return Array.isArray(value) ? value.filter(isEntry) : [];
}
