import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Time after which it is said what one is waiting for, in milliseconds. */
const PATIENCE_MS = 400;

/** Where work takes longer, a notification shows it until it ends, with Cancel. */
export function showWhile(
  title: string,
  work: Promise<unknown>,
  cancel: AbortController,
  shown: (progress: vscode.Progress<{ message: string; increment: number }>) => void = () => {},
): void {
  const ended = work.then(...BOTH);
  void Promise.race([ended, delay(PATIENCE_MS, false)]).then((isQuick) => {
    if (isQuick) return;
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => cancel.abort());
      shown(progress);
      return ended;
    });
  });
}

const BOTH = [() => true, () => true] as const;
