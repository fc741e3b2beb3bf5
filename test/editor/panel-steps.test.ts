import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { flameGraphHandlers } from '../../src/features/flame-graph/flame-graph-handlers.ts';
import { ActiveRecording } from '../../src/host/active-recording.ts';
import type { Host } from '../../src/host/host.ts';
import { PANELS, type PanelName } from '../../src/protocol/index.ts';
import type { NothingOpen } from '../../src/protocol/panel-state.ts';
import { editorHost, workspaceFolder } from '../support/editor-host.ts';
import { type FakePanel, openedPanels } from '../support/fake-panel.ts';
import { replaced } from '../support/replaced.ts';

const NOT_OFFERED = 'workbench.action.reloadWindow';

suite('a page', () => {
  const OPEN: Readonly<Record<PanelName, string>> = {
    'flame-graph': 'perfwright.flameGraph.open',
    speedscope: 'perfwright.speedscope.open',
    'over-time': 'perfwright.overTime.open',
    tables: 'perfwright.tables.top',
    compare: 'perfwright.compare.open',
  };
  /** Steps that a page offers by itself while a recording is open. */
  const OWN: Partial<Record<PanelName, readonly string[]>> = {
    speedscope: ['perfwright.flameGraph.open'],
    tables: ['perfwright.viewOptions'],
  };
  let host: Host;
  const panels = new Map<PanelName, FakePanel>();
  const path = () => join(workspaceFolder(), 'steps.folded');

  suiteSetup(async () => {
    host = await editorHost();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    writeFileSync(path(), 'main;other 5\n');
    await vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(path()));
    for (const name of Object.keys(PANELS) as PanelName[]) {
      const [panel] = await openedPanels(async () => {
        await vscode.commands.executeCommand(OPEN[name]);
      });
      panels.set(name, panel);
    }
    host.active.show(undefined);
  });
  suiteTeardown(() => {
    for (const panel of panels.values()) panel.close();
    rmSync(path());
  });

  /** The commands that would be run meanwhile. */
  const commands = async (run: () => Promise<unknown>) => {
    const ran: string[] = [];
    const execute = async (id: string) => void ran.push(id);
    await replaced(vscode.commands, 'executeCommand', execute as typeof vscode.commands.executeCommand, run);
    return ran;
  };

  for (const name of Object.keys(PANELS) as PanelName[]) {
    test(`of ${name} has the steps run that it offers, and no other command`, async () => {
      const panel = panels.get(name)!;
      const { actions } = (await panel.ask('state', null)) as NothingOpen;
      const offered = [...actions.map(({ id }) => id), ...(OWN[name] ?? [])];
      assert.ok(offered.length > 0);
      const ran = await commands(async () => {
        for (const id of offered) await panel.ask('act', id);
        await panel.ask('act', NOT_OFFERED).catch(() => {});
      });
      assert.deepEqual(ran, offered);
    });
  }

  test('of a file that can’t be shown has the steps run that its failure offers, and no other command', async () => {
    const recordings = new ActiveRecording();
    const actions = [{ id: 'workbench.action.reopenTextEditor', title: 'Open as Text' }];
    const failure = { title: 'x can’t be shown', message: 'No format.', actions };
    const { act } = flameGraphHandlers(host, { recordings, sources: host.sources, failure });
    const ran = await commands(async () => {
      await act(actions[0].id);
      await Promise.resolve(act(NOT_OFFERED)).catch(() => {});
    });
    recordings.dispose();
    assert.deepEqual(ran, [actions[0].id]);
  });
});
