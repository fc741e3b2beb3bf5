import { basename, relative } from 'node:path';
import * as vscode from 'vscode';
import { formatDuration } from '../../../core/units.ts';
import { findExecutables } from '../../../tools/executables.ts';
import { listProcesses, type ProcessInfo } from '../../../tools/processes.ts';
import type { RecordTarget } from '../../../tools/recorder.ts';
import { RUNTIME_TITLES, runtimeByName } from '../../../tools/runtime.ts';
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
  const nowMs = Date.now();
  return processes.sort((a, b) => b.cpuMs - a.cpuMs).map((info) => processTarget(info, nowMs));
}

function processTarget({ pid, name, argv, startMs, cpuMs }: ProcessInfo, nowMs: number): Target {
  const age = Number.isFinite(startMs) ? `${formatDuration(Math.max(0, nowMs - startMs) * 1e6)} old` : '';
  const about = [
    RUNTIME_TITLES[runtimeByName(pid) ?? 'native'],
    age,
    `${formatDuration(cpuMs * 1e6)} CPU`,
    argv.join(' '),
  ];
  return {
    kind: 'process',
    // Node calls its first thread so, and with it the process.
    label: name === 'MainThread' ? basename(argv[0]) : name,
    detail: [String(pid), ...about.filter((part) => part !== '')].join(' · '),
    folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    key: { kind: 'process', pid, command: argv.join(' ') },
    prepare: async () => ({ kind: 'process', pid }),
  };
}
