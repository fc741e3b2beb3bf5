import { basename, relative } from 'node:path';
import * as vscode from 'vscode';
import { findExecutables } from '../../../tools/executables.ts';
import { listProcesses, type ProcessInfo } from '../../../tools/processes.ts';
import type { RecordTarget } from '../../../tools/recorder.ts';
import { commandLine } from './command-words.ts';
import type { Target } from './target.ts';

/** The programs that were built in the workspace, the newest first. */
export async function executableTargets(): Promise<Target[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const found = await Promise.all(
    folders.map(async ({ uri }) => {
      const { found: executables } = await findExecutables(uri.fsPath);
      return executables.slice(0, MOST_EXECUTABLES).map(({ path }) => executableTarget(path, uri.fsPath));
    }),
  );
  return found.flat();
}

const MOST_EXECUTABLES = 100;

export function executableTarget(path: string, folder: string): Target {
  return {
    kind: 'executable',
    label: basename(path),
    detail: relative(folder, path),
    folder,
    key: { kind: 'executable', folder, path },
    prepare: async () => ({ kind: 'program', argv: [path], cwd: folder }),
  };
}

/** A program with arguments that a person typed. */
export function typedTarget(argv: readonly string[], cwd: string, folder: string | undefined): Target {
  return {
    kind: 'typed',
    label: basename(argv[0]),
    detail: commandLine(argv),
    folder,
    key: { kind: 'typed', folder, argv, cwd },
    prepare: async (): Promise<RecordTarget> => ({ kind: 'program', argv, cwd }),
  };
}

/** Processes that run now, the most processor time first. */
export async function processTargets(): Promise<Target[]> {
  const processes = await listProcesses();
  return processes.sort((a, b) => b.cpuMs - a.cpuMs).map((info) => processTarget(info));
}

function processTarget({ pid, name, argv }: ProcessInfo): Target {
  return {
    kind: 'process',
    label: name,
    detail: `${pid} · ${argv.join(' ')}`,
    folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    key: { kind: 'process', pid, command: argv.join(' ') },
    prepare: async () => ({ kind: 'process', pid }),
  };
}
