import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { chooseFirst } from '../../host/choose-first.ts';
import type { Host } from '../../host/host.ts';
import { commandAction, Problem } from '../../host/problem.ts';
import { showWhile } from '../../host/show-while.ts';
import type { RunNode } from './run-tree.ts';

/** Writes a run, or the profile that is shown, to a file in another format. */
export async function exportRun(
  { active }: Host,
  node: RunNode | undefined,
  open: (node: RunNode) => Promise<void>,
): Promise<void> {
  if (node && active.current?.runId !== node.run.id) await open(node);
  const { current, view } = active;
  if (!current || !view) {
    throw new Problem('No profile is open, so there is nothing to export.', {
      isHint: true,
      actions: [commandAction('Open Profile…', 'perfwright.openProfile')],
    });
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(dirname(current.path));
  const name = basename(current.title)
    .replace(/[^\w.-]+/g, '-')
    .toLowerCase();
  const title = 'Export Profile';
  // Something else may be shown meanwhile.
  const hold = current.hold();
  try {
    const target = await chooseFirst(FORMATS, { title, placeHolder: 'Format' }, ({ extension }) =>
      vscode.window.showSaveDialog({ title, defaultUri: vscode.Uri.joinPath(folder, `${name}${extension}`) }),
    );
    if (!target) return;
    const file = basename(target.fsPath);
    const cancel = new AbortController();
    const writing = current.session.write(target.fsPath, view, cancel.signal);
    showWhile(`Writing ${file}`, writing, cancel);
    const lost = await writing;
    // Each is a sentence.
    if (lost.length > 0) void vscode.window.showInformationMessage(`Written to ${file}. ${lost.join(' ')}`);
  } finally {
    hold.dispose();
  }
}

/** The formats that can be written, as a person chooses them. */
export const FORMATS = [
  {
    label: 'pprof',
    description: '.pb.gz',
    detail: 'For go tool pprof, Pyroscope, Parca and others',
    extension: '.pb.gz',
  },
  {
    label: 'Folded stacks',
    description: '.folded',
    detail: 'For flamegraph.pl, inferno and speedscope',
    extension: '.folded',
  },
  { label: 'speedscope', description: '.speedscope.json', detail: 'For speedscope.app', extension: '.speedscope.json' },
  {
    label: 'Firefox Profiler',
    description: '.profile.json',
    detail: 'For profiler.firefox.com, with times and threads',
    extension: '.profile.json',
  },
  { label: 'Flame graph as a picture', description: '.svg', detail: 'For documents', extension: '.svg' },
  {
    label: 'Flame graph as a page',
    description: '.html',
    detail: 'One file, interactive, for any browser',
    extension: '.html',
  },
] as const;
