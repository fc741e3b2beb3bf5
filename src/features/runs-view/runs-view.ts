import * as vscode from 'vscode';
import { whenText } from '../../core/date-text.ts';
import { registerCommand, showError } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { openProfile } from '../../host/open-profile.ts';
import { commandAction, Problem } from '../../host/problem.ts';
import { runFacts } from '../../host/run-facts.ts';
import { DROPPED_PROFILES } from './dropped-profiles.ts';
import { exportRun } from './export-run.ts';
import { offerInterrupted } from './interrupted.ts';
import { deleteRun, revealRun } from './run-files.ts';
import type { RunNode } from './run-tree.ts';
import { RunTree } from './run-tree.ts';

/** The view *Runs*, what can be done with a run, and the offer of those that were cut off. */
export function runsViewFeature(host: Host): void {
  const tree = new RunTree(host);
  const view = vscode.window.createTreeView('perfwright.runs', {
    treeDataProvider: tree,
    canSelectMany: true,
    dragAndDropController: DROPPED_PROFILES,
  });
  host.context.subscriptions.push(
    view,
    host.runs.onDidChange(() => tree.refresh()),
    host.active.onDidChange((what) => what === 'recording' && tree.refresh()),
  );
  const open = (node: RunNode) => openRun(host, node);
  registerCommand(host, 'perfwright.runs.open', async (named: RunNode | { run: string }) =>
    open(await found(host, named)),
  );
  registerCommand(host, 'perfwright.runs.export', (given?: { readonly kind?: unknown }) =>
    // The button of another view's title is given the row that has the focus there.
    exportRun(host, given?.kind === 'run' ? (given as RunNode) : undefined, open),
  );
  registerCommand(host, 'perfwright.runs.reveal', revealRun);
  registerCommand(host, 'perfwright.runs.delete', (node: RunNode) => deleteRun(host, node));
  registerCommand(host, 'perfwright.runs.refresh', () => tree.refresh());
  registerCommand(host, 'perfwright.switchProfile', async () => {
    const node = await chooseRun(host);
    if (node) await open(node);
  });
  offerInterrupted(host).catch((error: unknown) => showError(host, error));
}

async function openRun(host: Host, { store, run }: RunNode): Promise<void> {
  const path = store.artifactPath(run);
  if (path === undefined) throw new Problem(`${run.title} holds no recording: ${run.state}.`);
  await openProfile(host, path, runFacts(store, run));
  await vscode.commands.executeCommand('perfwright.revealHottest');
}

/** The run of a tree's node, or of an id. */
async function found({ runs }: Host, named: RunNode | { run: string }): Promise<RunNode> {
  if ('kind' in named) return named;
  for (const store of runs.all()) {
    const run = await store.get(named.run).catch(() => undefined);
    if (run) return { kind: 'run', store, run };
  }
  throw new Problem(`There is no run ${named.run} in the open folders any more.`);
}

async function chooseRun({ runs, active }: Host): Promise<RunNode | undefined> {
  const lists = await Promise.all(runs.all().map(async (store) => ({ store, ...(await store.list({ limit: 50 })) })));
  const items = lists
    .flatMap(({ store, runs: own }) => own.map((run): RunNode => ({ kind: 'run', store, run })))
    .filter(({ run }) => run.artifacts.length > 0)
    .sort((a, b) => (a.run.start < b.run.start ? 1 : -1))
    .map((node) => ({
      label: node.run.title,
      description: `${whenText(new Date(node.run.start))}${active.current?.runId === node.run.id ? ' · shown now' : ''}`,
      detail: node.run.summary?.top
        .slice(0, 3)
        .map((row) => row.function)
        .join(', '),
      node,
    }));
  if (items.length === 0) {
    throw new Problem('There are no runs in this workspace yet.', {
      isHint: true,
      actions: [
        commandAction('Profile…', 'perfwright.profile'),
        commandAction('Open Profile…', 'perfwright.openProfile'),
      ],
    });
  }
  return (
    await vscode.window.showQuickPick(items, {
      title: 'Switch Profile',
      placeHolder: 'Run to show',
      matchOnDetail: true,
    })
  )?.node;
}
