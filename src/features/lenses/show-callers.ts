import { basename } from 'node:path';
import * as vscode from 'vscode';
import { costText } from '../../host/cost-text.ts';
import type { Host } from '../../host/host.ts';

/** Lists the places that call a function (or several taken as one), and opens the one that is picked. */
export async function showCallers({ active }: Host, functions: readonly number[]): Promise<void> {
  const { current, view } = active;
  if (!current || !view) return;
  const around = await current.session.ask('functionNeighbours', { view, function: functions });
  const text = costText(active, around);
  if (!text) return;
  const items = around.callers
    .filter(({ name }) => name !== '')
    .map((caller) => ({
      label: caller.name,
      description: text.cost(caller.weight),
      detail:
        caller.file === '' ? basename(caller.module) : `${caller.file}${caller.line > 0 ? `:${caller.line}` : ''}`,
      caller,
    }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Called from ${items.length === 1 ? 'one place' : `${items.length} places`}`,
    placeHolder: 'Cost that each call accounts for. Pick one to open it.',
    matchOnDetail: true,
  });
  if (!picked) return;
  const { file, line } = picked.caller;
  await vscode.commands.executeCommand('perfwright.openSource', { file, line });
}
