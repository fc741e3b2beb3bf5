import * as vscode from 'vscode';
import { CancelledError, commandAction, Problem } from '../../../host/problem.ts';

/** Runs a task that has to come first, by its label, and waits for it. Throws where there is none, or where it fails. */
export async function runTask(label: string, folder: vscode.WorkspaceFolder): Promise<void> {
  const task = (await vscode.tasks.fetchTasks()).find((candidate) => isCalled(candidate, label, folder));
  if (!task) {
    throw new Problem(`There is no task “${label}”, which has to run first.`, {
      actions: [commandAction('Configure Tasks', 'workbench.action.tasks.configureTaskRunner')],
    });
  }
  const code = await exitCode(task);
  if (code !== undefined && code !== 0) {
    throw new Problem(`Nothing was profiled: the task “${label}”, which runs first, failed with exit code ${code}.`, {
      actions: [commandAction('Show Output', 'workbench.action.terminal.focus')],
    });
  }
}

/** VS Code's name for the task that is the default of its group. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in launch.json
const DEFAULT_BUILD_TASK = '${defaultBuildTask}';

function isCalled(
  { name, group, scope, definition }: vscode.Task,
  label: string,
  folder: vscode.WorkspaceFolder,
): boolean {
  if (typeof scope === 'object' && scope.uri.toString() !== folder.uri.toString()) return false;
  if (label === DEFAULT_BUILD_TASK) return group?.isDefault === true && group.id === vscode.TaskGroup.Build.id;
  return name === label || definition['label'] === label;
}

/**
 * Runs a task to its end. Undefined where it has no process of its own, as one that only stands for others, and for a background task,
 * which isn't waited for. Throws CancelledError where a person ended it.
 */
async function exitCode(task: vscode.Task): Promise<number | undefined> {
  if (task.isBackground) {
    await vscode.tasks.executeTask(task);
    return undefined;
  }
  const subscriptions: vscode.Disposable[] = [];
  const ended = Promise.withResolvers<void>();
  let execution: vscode.TaskExecution | undefined;
  let process: vscode.TaskProcessEndEvent | undefined;
  subscriptions.push(
    vscode.tasks.onDidEndTaskProcess((end) => {
      if (end.execution === execution) process = end;
    }),
    vscode.tasks.onDidEndTask((end) => {
      if (end.execution === execution) ended.resolve();
    }),
  );
  try {
    execution = await vscode.tasks.executeTask(task);
    await ended.promise;
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
  }
  if (process && process.exitCode === undefined) throw new CancelledError();
  return process?.exitCode;
}
