import { homedir } from 'node:os';
import { basename, dirname, extname, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { CancelledError } from '../../../host/problem.ts';
import { type Entry, isEntry, textOf } from './raw-program.ts';
import type { Resolve } from './substitute.ts';

/**
 * The variables that VS Code puts into launch configurations and tasks, as its reference lists them.
 * @param folder workspace folder that the configuration belongs to
 * @param inputs the file's `inputs`
 */
export function editorVariables(folder: vscode.WorkspaceFolder, inputs: readonly Entry[]): Resolve {
  return async (name, argument) => {
    if (!Object.hasOwn(VARIABLES, name)) return undefined;
    return VARIABLES[name]({ folder: namedFolder(name, argument) ?? folder, argument, inputs });
  };
}

interface Place {
  readonly folder: vscode.WorkspaceFolder;
  readonly argument: string;
  readonly inputs: readonly Entry[];
}

type Variable = (place: Place) => string | undefined | Promise<string | undefined>;

const file = () => vscode.window.activeTextEditor?.document.uri.fsPath;
const ofFile = (part: (path: string, folder: string) => string): Variable => {
  return ({ folder }) => {
    const path = file();
    return path === undefined ? undefined : part(path, folder.uri.fsPath);
  };
};

const VARIABLES: Readonly<Record<string, Variable>> = {
  workspaceFolder: ({ folder }) => folder.uri.fsPath,
  workspaceRoot: ({ folder }) => folder.uri.fsPath,
  workspaceFolderBasename: ({ folder }) => basename(folder.uri.fsPath),
  workspaceRootFolderName: ({ folder }) => basename(folder.uri.fsPath),
  cwd: ({ folder }) => folder.uri.fsPath,
  userHome: () => homedir(),
  execPath: () => process.execPath,
  pathSeparator: () => sep,
  '/': () => sep,
  file: ofFile((path) => path),
  fileWorkspaceFolder: ofFile((path) => vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))?.uri.fsPath ?? ''),
  relativeFile: ofFile((path, folder) => relative(folder, path)),
  relativeFileDirname: ofFile((path, folder) => relative(folder, dirname(path)) || '.'),
  fileBasename: ofFile((path) => basename(path)),
  fileBasenameNoExtension: ofFile((path) => basename(path, extname(path))),
  fileExtname: ofFile((path) => extname(path)),
  fileDirname: ofFile((path) => dirname(path)),
  fileDirnameBasename: ofFile((path) => basename(dirname(path))),
  lineNumber: () => String((vscode.window.activeTextEditor?.selection.active.line ?? 0) + 1),
  selectedText: () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.getText(editor.selection);
  },
  env: ({ argument }) => (Object.hasOwn(process.env, argument) ? process.env[argument] : ''),
  config: ({ folder, argument }) => {
    const value = vscode.workspace.getConfiguration(undefined, folder.uri).get(argument);
    return value === undefined || typeof value === 'object' ? undefined : String(value);
  },
  command: ({ argument }) => commandText(argument),
  input: ({ argument, inputs }) => askInput(inputs.find(({ id }) => id === argument)),
};

/** `${workspaceFolder:name}`. */
function namedFolder(name: string, argument: string): vscode.WorkspaceFolder | undefined {
  if (argument === '' || !/^workspace/.test(name)) return undefined;
  return vscode.workspace.workspaceFolders?.find((folder) => folder.name === argument);
}

async function commandText(command: string, ...args: unknown[]): Promise<string | undefined> {
  const value: unknown = await vscode.commands.executeCommand(command, ...args);
  return value === undefined || value === null ? undefined : String(value);
}

/** Asks for an input as launch.json describes it: promptString, pickString or command. */
async function askInput(input: Entry | undefined): Promise<string | undefined> {
  if (!input) return undefined;
  if (input['type'] === 'command') return commandText(textOf(input['command']), input['args']);
  const title = textOf(input['description']) || textOf(input['id']);
  const value =
    input['type'] === 'pickString'
      ? await pickOption(title, Array.isArray(input['options']) ? input['options'] : [])
      : await vscode.window.showInputBox({
          title,
          value: textOf(input['default']),
          password: input['password'] === true,
        });
  if (value === undefined) throw new CancelledError();
  return value;
}

async function pickOption(title: string, options: readonly unknown[]): Promise<string | undefined> {
  const items = options.map((option) =>
    isEntry(option)
      ? { label: textOf(option['label']) || textOf(option['value']), value: textOf(option['value']) }
      : { label: String(option), value: String(option) },
  );
  return (await vscode.window.showQuickPick(items, { title }))?.value;
}
