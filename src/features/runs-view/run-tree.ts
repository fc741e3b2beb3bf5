import * as vscode from 'vscode';
import { dayText, isSameDay } from '../../core/date-text.ts';
import type { Host } from '../../host/host.ts';
import type { Run } from '../../runs/run.ts';
import type { RunStore, StoreProblem } from '../../runs/store.ts';
import { runItem, runStory } from './run-item.ts';

/** A run in the tree. */
export interface RunNode {
  readonly kind: 'run';
  readonly store: RunStore;
  readonly run: Run;
}

interface DayNode {
  readonly kind: 'day';
  readonly title: string;
  readonly runs: readonly RunNode[];
}

interface ProblemNode extends StoreProblem {
  readonly kind: 'problem';
}

type Node = DayNode | RunNode | ProblemNode;

/** The runs of the open folders by day, the newest first. */
export class RunTree implements vscode.TreeDataProvider<Node> {
  readonly #host: Host;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(host: Host) {
    this.#host = host;
  }

  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) return node.kind === 'day' ? [...node.runs] : [];
    const lists = await Promise.all(this.#host.runs.all().map(async (store) => ({ store, ...(await store.list()) })));
    const runs = lists.flatMap(({ store, runs: own }) => own.map((run): RunNode => ({ kind: 'run', store, run })));
    runs.sort((a, b) => (a.run.start < b.run.start ? 1 : -1));
    const days: { title: string; day: Date; runs: RunNode[] }[] = [];
    for (const each of runs) {
      const day = new Date(each.run.start);
      const last = days.at(-1);
      if (last && isSameDay(last.day, day)) last.runs.push(each);
      else days.push({ title: dayText(day, new Date()), day, runs: [each] });
    }
    return [
      ...days.map(({ title, runs: own }): DayNode => ({ kind: 'day', title, runs: own })),
      ...lists.flatMap(({ problems }) => problems.map((problem): ProblemNode => ({ kind: 'problem', ...problem }))),
    ];
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    if (node.kind === 'run') item.tooltip = runStory(node.run);
    return item;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'run') return runItem(node.run, this.#host.active.current?.runId === node.run.id);
    if (node.kind === 'day') {
      const item = new vscode.TreeItem(node.title, vscode.TreeItemCollapsibleState.Expanded);
      item.id = node.title;
      return item;
    }
    const item = new vscode.TreeItem('A run that cannot be read');
    item.description = node.problem;
    item.tooltip = `${node.file} ${node.problem}`;
    item.iconPath = new vscode.ThemeIcon('error');
    return item;
  }
}
