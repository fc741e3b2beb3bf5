import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import type * as vscode from 'vscode';
import { Problem } from '../../../host/problem.ts';
import type { RecordTarget } from '../../../tools/recorder.ts';
import { editorVariables } from './editor-variables.ts';
import { readEnvFile } from './env-file.ts';
import type { Entry, RawProgram } from './raw-program.ts';
import { runTask } from './run-task.ts';
import { substitute } from './substitute.ts';

/** Runs the tasks that come before a configured program, and gives the program with every variable put in. */
export async function prepareProgram(
  { argv, cwd, env, envFile, before }: RawProgram,
  folder: vscode.WorkspaceFolder,
  inputs: readonly Entry[],
): Promise<RecordTarget> {
  for (const task of before) await runTask(task, folder);
  const variables = editorVariables(folder, inputs);
  const put = (text: string) => substitute(text, variables);
  const words: string[] = [];
  // One after the other: an input is asked for where it stands.
  for (const word of argv) words.push(await put(word));
  const from = folder.uri.fsPath;
  const environment = { ...process.env };
  if (envFile !== '') Object.assign(environment, await environmentFile(resolvePath(from, await put(envFile))));
  for (const [name, value] of Object.entries(env)) {
    if (value === null) delete environment[name];
    else environment[name] = await put(value);
  }
  return { kind: 'program', argv: words, cwd: resolvePath(from, await put(cwd)), env: environment };
}

async function environmentFile(path: string): Promise<Record<string, string>> {
  try {
    return readEnvFile(await readFile(path, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(
      `Nothing was started: its environment file can't be read (${why}). Correct envFile in launch.json.`,
    );
  }
}
