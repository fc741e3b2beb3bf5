import * as vscode from 'vscode';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { requireTrust } from '../../host/trust.ts';
import { type TargetNode, TargetTree } from './target-tree.ts';

/** The view *Targets*: what could be profiled here. */
export function targetsView(host: Host): void {
  const tree = new TargetTree();
  const view = vscode.window.createTreeView('perfwright.targets', { treeDataProvider: tree });
  let timer: NodeJS.Timeout | undefined;
  const pollWhileSeen = () => {
    clearInterval(timer);
    if (view.visible) timer = setInterval(() => void tree.refreshProcesses(), PROCESSES_EVERY_MS);
  };
  host.context.subscriptions.push(
    view,
    view.onDidChangeVisibility(() => {
      tree.refresh();
      pollWhileSeen();
    }),
    view.onDidExpandElement(({ element }) => tree.setExpanded(element, true)),
    view.onDidCollapseElement(({ element }) => tree.setExpanded(element, false)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('launch') || change.affectsConfiguration('tasks')) tree.refresh();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => tree.refresh()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => tree.refresh()),
    // What a build has just made is there to be profiled.
    vscode.tasks.onDidEndTask(() => tree.refresh()),
    vscode.window.onDidEndTerminalShellExecution(() => tree.refresh()),
    { dispose: () => clearInterval(timer) },
  );
  registerCommand(host, 'perfwright.targets.refresh', () => tree.refresh());
  registerCommand(host, 'perfwright.targets.profile', ({ target }: Extract<TargetNode, { kind: 'target' }>) => {
    requireTrust();
    return vscode.commands.executeCommand('perfwright.profileTarget', target.key);
  });
}

const PROCESSES_EVERY_MS = 3000;
