import * as vscode from 'vscode';

/** Something a person asked for can't be done. The message says what happened, why, and the next step; the buttons take it. */
export class Problem extends Error {
  readonly actions: readonly Action[];
  /** A mere hint is shown as information: nothing has failed, something has to come first. */
  readonly isHint: boolean;

  constructor(
    message: string,
    { actions = [], isHint = false }: { actions?: readonly Action[]; isHint?: boolean } = {},
  ) {
    super(message);
    this.name = 'Problem';
    this.actions = actions;
    this.isHint = isHint;
  }
}

/** A button of a notification. */
export interface Action {
  readonly title: string;
  run(): unknown;
}

/** A button that runs a command. */
export function commandAction(title: string, command: string, ...args: readonly unknown[]): Action {
  return { title, run: () => vscode.commands.executeCommand(command, ...args) };
}

/** A button that puts a text on the clipboard. */
export function copyAction(title: string, text: string): Action {
  return { title, run: () => vscode.env.clipboard.writeText(text) };
}

/** A person stopped what they had asked for, in the middle of a question. */
export class CancelledError extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Canceled';
  }
}

/** Whether a person stopped it, which is no failure and is not reported as one. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');
}
