import * as vscode from 'vscode';
import { launchTargets, taskTargets } from './targets/configured-targets.ts';
import { executableTargets, processTargets } from './targets/program-targets.ts';
import type { Target } from './targets/target.ts';

export type TargetNode = GroupNode | { readonly kind: 'target'; readonly target: Target };

interface GroupNode {
  readonly kind: 'group';
  readonly title: string;
  readonly icon: string;
  readonly isOpen: boolean;
  find(): Target[] | Promise<Target[]>;
}

/** What could be profiled, by where it comes from; a group without anything in it is left out. */
const GROUPS: readonly GroupNode[] = [
  { kind: 'group', title: 'Launch Configurations', icon: 'debug-alt', isOpen: true, find: launchTargets },
  { kind: 'group', title: 'Tasks', icon: 'tools', isOpen: true, find: taskTargets },
  { kind: 'group', title: 'Programs', icon: 'file-binary', isOpen: true, find: executableTargets },
  { kind: 'group', title: 'Running Processes', icon: 'server-process', isOpen: false, find: processTargets },
];
const PROCESSES = GROUPS[GROUPS.length - 1];

export class TargetTree implements vscode.TreeDataProvider<TargetNode> {
  readonly #changed = new vscode.EventEmitter<TargetNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #expanded = new Set<TargetNode>(GROUPS.filter(({ isOpen }) => isOpen));
  #shownProcesses = '';

  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** Shows the processes anew, where they are seen and others run now. */
  async refreshProcesses(): Promise<void> {
    if (!this.#expanded.has(PROCESSES)) return;
    if (namesOf(await processTargets()) !== this.#shownProcesses) this.#changed.fire(PROCESSES);
  }

  setExpanded(node: TargetNode, isExpanded: boolean): void {
    if (isExpanded) this.#expanded.add(node);
    else this.#expanded.delete(node);
  }

  async getChildren(node?: TargetNode): Promise<TargetNode[]> {
    if (!node) {
      if (!vscode.workspace.isTrusted) return [];
      const found = await Promise.all(
        GROUPS.map(async (group) => ({ group, isEmpty: group !== PROCESSES && (await group.find()).length === 0 })),
      );
      const own = found.filter(({ isEmpty }) => !isEmpty).map(({ group }) => group);
      // Only processes: then the view says what to do first.
      return own.length === 1 ? [] : own;
    }
    if (node.kind === 'target') return [];
    const targets = await node.find();
    if (node === PROCESSES) this.#shownProcesses = namesOf(targets);
    return targets.map((target) => ({ kind: 'target', target }));
  }

  getTreeItem(node: TargetNode): vscode.TreeItem {
    if (node.kind === 'group') {
      const state = node.isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
      const item = new vscode.TreeItem(node.title, state);
      item.id = node.title;
      return item;
    }
    const { target } = node;
    const item = new vscode.TreeItem(target.label);
    item.description = target.problem ? 'cannot be profiled' : target.detail;
    item.tooltip = target.problem ?? `${target.label}\n${target.detail}`;
    item.iconPath = new vscode.ThemeIcon(target.problem ? 'circle-slash' : ICONS[target.kind]);
    item.contextValue = target.problem ? 'target.problem' : 'target';
    return item;
  }
}

const ICONS: Readonly<Record<Target['kind'], string>> = {
  launch: 'debug-alt',
  task: 'tools',
  executable: 'file-binary',
  typed: 'terminal',
  process: 'server-process',
};

function namesOf(processes: readonly Target[]): string {
  return processes.map(({ key }) => JSON.stringify(key)).join('\n');
}
