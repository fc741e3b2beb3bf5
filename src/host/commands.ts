import * as vscode from 'vscode';
import type { Host } from './host.ts';
import { isCancelled, Problem } from './problem.ts';

/** Registers a command. What it throws is shown once, here, with the buttons it carries. */
export function registerCommand(host: Host, id: string, run: (...args: never[]) => unknown): void {
  const registered = vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      return await run(...(args as never[]));
    } catch (error) {
      showError(host, error);
      return undefined;
    }
  });
  host.context.subscriptions.push(registered);
}

/** Shows why something failed, without waiting for the answer; silent where it was cancelled. */
export function showError(host: Pick<Host, 'log'>, error: unknown): void {
  if (isCancelled(error)) return;
  const message = error instanceof Error ? error.message : String(error);
  const problem = error instanceof Problem ? error : undefined;
  if (!problem) host.log.error(error instanceof Error ? error : message);
  const actions = problem?.actions ?? [{ title: 'Show Log', run: () => host.log.show() }];
  const show = problem?.isHint ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  void show(message, ...actions.map(({ title }) => title)).then(async (chosen) => {
    try {
      await actions.find(({ title }) => title === chosen)?.run();
    } catch (failure) {
      showError(host, failure);
    }
  });
}
