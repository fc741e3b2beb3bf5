import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Host } from '../../src/host/host.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';
import { openedPanels } from '../support/fake-panel.ts';
import { replaced } from '../support/replaced.ts';

// VS Code gives a button of a view's title the row that has the focus.
suite('a button of a view’s title', () => {
  const SPOT = { kind: 'spot', place: { name: 'other', file: '/tmp/other.c', line: 3 }, label: 'other' };
  const RUN = { kind: 'run', store: {}, run: { id: '20260131-142305-123-k7f2qx' } };
  let host: Host;
  const path = () => join(workspaceFolder(), 'titles.folded');

  suiteSetup(async () => {
    host = await editorHost();
    writeFileSync(path(), 'main;other 5\n');
    await vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(path()));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  suiteTeardown(() => {
    host.active.show(undefined);
    rmSync(path());
  });

  /** What is said to have failed meanwhile. */
  const errors = async (run: () => Promise<unknown>) => {
    const said: string[] = [];
    const show = async (message: string) => void said.push(message);
    await replaced(vscode.window, 'showErrorMessage', show as typeof vscode.window.showErrorMessage, run);
    return said;
  };

  test('asks for the profile to open, whatever row has the focus', async () => {
    let asked = 0;
    const ask = async () => void asked++;
    const open = () => vscode.commands.executeCommand('perfwright.openProfile', RUN) as Promise<unknown>;
    const said = await errors(() =>
      replaced(vscode.window, 'showOpenDialog', ask as unknown as typeof vscode.window.showOpenDialog, open),
    );
    assert.deepEqual(said, []);
    assert.equal(asked, 1);
  });

  test('exports the profile that is shown where the focus is on a function', async () => {
    let isDone = false;
    const said = await errors(async () => {
      const exporting = vscode.commands.executeCommand('perfwright.runs.export', SPOT).then(() => {
        isDone = true;
      });
      await until(
        async () => {
          await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
          return isDone;
        },
        (done) => done,
      );
      await exporting;
    });
    assert.deepEqual(said, []);
  });

  test('says in sentences what an exported file leaves out', async () => {
    const target = join(workspaceFolder(), 'titles.svg');
    const said: string[] = [];
    const say = async (message: string) => void said.push(message);
    const choose = async () => vscode.Uri.file(target);
    const exported = () =>
      replaced(vscode.window, 'showSaveDialog', choose as typeof vscode.window.showSaveDialog, async () => {
        const exporting = vscode.commands.executeCommand('perfwright.runs.export');
        const accept = async () => {
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
          return said.length > 0;
        };
        await until(accept, (isSaid) => isSaid);
        await exporting;
      });
    await replaced(
      vscode.window,
      'showInformationMessage',
      say as typeof vscode.window.showInformationMessage,
      exported,
    );
    rmSync(target);
    assert.match(said[0], /^Written to titles\.svg\. [A-Z][^;]*\w\.$/);
  });

  test('shows that an export takes its time, and gives it up for who cancels it, which is no failure', async () => {
    const { session } = host.active.current!;
    const titles: (string | undefined)[] = [];
    const slow: typeof session.write = (_path, _view, signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const choose = async () => vscode.Uri.file(join(workspaceFolder(), 'slow.svg'));
    const cancel = (options: vscode.ProgressOptions, task: Parameters<typeof vscode.window.withProgress>[1]) => {
      titles.push(options.title);
      assert.ok(options.cancellable);
      const cancelling = new vscode.CancellationTokenSource();
      const shown = task({ report() {} }, cancelling.token);
      cancelling.cancel();
      return shown;
    };
    const said = await errors(() =>
      replaced(session, 'write', slow, () =>
        replaced(vscode.window, 'showSaveDialog', choose as typeof vscode.window.showSaveDialog, () =>
          replaced(vscode.window, 'withProgress', cancel as typeof vscode.window.withProgress, async () => {
            let isDone = false;
            const exporting = vscode.commands.executeCommand('perfwright.runs.export').then(() => {
              isDone = true;
            });
            const accept = async () => {
              await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
              return isDone;
            };
            await until(accept, (done) => done);
            await exporting;
          }),
        ),
      ),
    );
    assert.deepEqual(said, []);
    assert.deepEqual(titles, ['Writing slow.svg']);
  });

  test('opens the flame graph in its own column where the focus is on a function, and beside where a place is wanted', async () => {
    const columns = async (wanted: unknown) => {
      const panels = await openedPanels(async () => {
        await vscode.commands.executeCommand('perfwright.flameGraph.open', wanted);
      });
      for (const panel of panels) panel.close();
      return panels.map(({ column }) => column);
    };
    assert.deepEqual(await columns(SPOT), [vscode.ViewColumn.Active]);
    assert.deepEqual(await columns({ function: 'other' }), [vscode.ViewColumn.Beside]);
  });
});
