import * as vscode from 'vscode';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { NEXT_STEPS } from '../../host/nothing-open.ts';
import { registerPanel } from '../../host/panel.ts';
import { runStep } from '../../host/run-step.ts';
import type { TableName } from '../../protocol/tables.ts';
import { tablePages } from './table-pages.ts';
import { tablesState } from './tables-state.ts';

/** The panel with the top table and the call tree of the active recording, and the ways to it. */
export function tablesFeature(host: Host): void {
  const { active, context } = host;
  let wanted: TableName | undefined;
  const run = async (command: string, ...args: readonly unknown[]) => {
    await vscode.commands.executeCommand(command, ...args);
    return null;
  };
  const panel = registerPanel(host, 'tables', {
    ...tablePages(host),
    state: () => tablesState(active),
    look: (change) => {
      active.look(change);
      return null;
    },
    open: (place) => run('perfwright.openSource', place),
    show: ({ where, function: func, name }) =>
      where === 'callers'
        ? run('perfwright.showCallers', [func])
        : run('perfwright.flameGraph.open', { function: name }),
    copyText: async (text) => {
      await vscode.env.clipboard.writeText(text);
      return null;
    },
    wanted: () => {
      const table = wanted ?? null;
      wanted = undefined;
      return table;
    },
    cancel: () => {
      active.opening?.cancel();
      return null;
    },
    act: (id) => runStep(id, STEPS),
  });
  context.subscriptions.push(
    active.onDidChange((what) => panel.changed(what === 'recording' ? 'state' : 'view')),
    // Where a recording is shown, it stays until the next can take its place.
    active.onDidChangeOpening(() => active.current ?? panel.changed('state')),
  );
  const show = (table: TableName) => {
    wanted = table;
    panel.show();
    panel.changed('wanted');
  };
  registerCommand(host, 'perfwright.tables.top', () => show('top'));
  registerCommand(host, 'perfwright.tables.callTree', () => show('down'));
}

/** What the page has a way to beside what is offered while nothing is open. */
const STEPS = [...NEXT_STEPS, { id: 'perfwright.viewOptions' }];
