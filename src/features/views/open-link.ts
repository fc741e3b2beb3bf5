import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Host } from '../../host/host.ts';
import { openProfile } from '../../host/open-profile.ts';
import { CancelledError, Problem } from '../../host/problem.ts';
import { runFacts } from '../../host/run-facts.ts';
import { isRunId } from '../../runs/run-id.ts';
import { showView } from './show-view.ts';
import { LINK_PATH, type LinkedRecording, readLinkQuery } from './view-link.ts';

/**
 * Opens what a link leads to, in its view. A link may come from anyone: it names a run of the open folders or a file in them; any other
 * file is opened only where the person says so. Nothing is recorded or run. Gives what of the view can't be shown.
 */
export async function openLink(
  host: Host,
  { path, query }: Pick<vscode.Uri, 'path' | 'query'>,
  confirm: (file: string) => Promise<boolean> = confirmOutside,
): Promise<readonly string[]> {
  if (path !== LINK_PATH) throw new Problem(`This version of Perfwright has nothing at ${JSON.stringify(path)}.`);
  const link = readLinkQuery(query);
  if (!link) throw new Problem('This link is not whole, so nothing was opened. Copy it anew where it came from.');
  const { recording, view } = link;
  if ('run' in recording) await openRun(host, recording.run);
  else await openFile(host, await foundFile(recording, confirm));
  return showView(host, view);
}

async function openRun(host: Host, id: string): Promise<void> {
  if (host.active.current?.runId === id) return;
  for (const store of isRunId(id) ? host.runs.all() : []) {
    const run = await store.get(id).catch(() => undefined);
    const path = run && store.artifactPath(run);
    if (path !== undefined) return void (await openProfile(host, path, runFacts(store, run!)));
  }
  throw new Problem(
    `The link leads to the run ${JSON.stringify(id)}, which the open folders don't have. Open its folder first.`,
  );
}

async function openFile(host: Host, path: string): Promise<void> {
  if (host.active.current?.path !== path) await openProfile(host, path);
}

async function foundFile(
  { file, folder }: Extract<LinkedRecording, { file: string }>,
  confirm: (file: string) => Promise<boolean>,
): Promise<string> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const within = folders.filter(({ name }) => folder === undefined || name === folder).map(({ uri }) => uri.fsPath);
  const candidates = isAbsolute(file)
    ? [resolve(file)]
    : within
        .map((root) => ({ root, path: resolve(root, file) }))
        .flatMap(({ root, path }) => (isIn(root, path) ? [path] : []));
  for (const path of candidates) {
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined) continue;
    const roots = await Promise.all(folders.map(({ uri }) => realpath(uri.fsPath).catch(() => uri.fsPath)));
    if (!roots.some((root) => isIn(root, real)) && !(await confirm(real))) throw new CancelledError();
    // What is no regular file may never end.
    if (!(await stat(real)).isFile()) throw new Problem(`The link leads to ${real}, which is no file.`);
    return path;
  }
  throw new Problem(
    `The link leads to ${JSON.stringify(file)}, which is not in the open folders${folder === undefined ? '' : ` as part of ${JSON.stringify(folder)}`}. Open its folder first.`,
  );
}

function isIn(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}

async function confirmOutside(file: string): Promise<boolean> {
  const open = 'Open';
  const detail = `${file}\n\nOpen it only if you trust where the link comes from.`;
  const options = { modal: true, detail };
  return (
    (await vscode.window.showWarningMessage('A link asks to open a file outside the open folders.', options, open)) ===
    open
  );
}
