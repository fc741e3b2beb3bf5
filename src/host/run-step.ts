import * as vscode from 'vscode';
import type { NextStep } from '../protocol/panel-state.ts';

/**
 * Runs the command of a step that a page was offered. A page draws what recordings and links bring, so it has no say in what else is run: what isn't
 * offered is an error.
 */
export async function runStep(id: string, offered: readonly Pick<NextStep, 'id'>[]): Promise<null> {
  if (!offered.some((step) => step.id === id)) throw new TypeError(`no such step is offered: ${String(id)}`);
  await vscode.commands.executeCommand(id);
  return null;
}
