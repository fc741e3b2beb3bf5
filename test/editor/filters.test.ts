import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Host } from '../../src/host/host.ts';
import { editorHost, workspaceFolder } from '../support/editor-host.ts';
import { replaced } from '../support/replaced.ts';

suite('a filter that is chosen', () => {
  let host: Host;
  const path = () => join(workspaceFolder(), 'filters.folded');

  suiteSetup(async () => {
    host = await editorHost();
    writeFileSync(path(), 'main;a 1\nmain;b 3\n');
    await vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(path()));
  });
  suiteTeardown(() => {
    host.active.show(undefined);
    rmSync(path());
  });

  /** Adds a filter as a person does; what is said of it. */
  async function add(option: string, text: string): Promise<string[]> {
    const said: string[] = [];
    const { window } = vscode;
    const say = async (message: string) => void said.push(message);
    const type = async () => text;
    await replaced(window, 'showErrorMessage', say as unknown as typeof window.showErrorMessage, () =>
      replaced(window, 'showInputBox', type as typeof window.showInputBox, () =>
        replaced(window, 'createQuickPick', (() => listThatChooses(option)) as never, async () => {
          await vscode.commands.executeCommand('perfwright.addFilter');
        }),
      ),
    );
    return said;
  }

  test('is done to what is shown', async () => {
    assert.deepEqual(await add('--focus', '^a$'), []);
    assert.deepEqual(host.active.view?.operations, [{ op: 'focus', pattern: '^a$' }]);
    host.active.current?.undo();
    assert.deepEqual(host.active.view?.operations, []);
  });

  test('is refused in words where it can’t be done, and what is shown stays', async () => {
    const untimed = 'This recording has no times, so no range of it can be shown.';
    assert.deepEqual(await add('--from', '1s'), [untimed]);
    const endless = "This recording doesn't say how long it took, so nothing is known per second.";
    assert.deepEqual(await add('--per-second', ''), [endless]);
    assert.deepEqual(host.active.view?.operations, []);
    assert.equal(host.active.current?.canUndo, false);
  });
});

/** In the place of a list: as soon as it is shown, the entry of an option is chosen. */
function listThatChooses(option: string) {
  let accept = () => {};
  const list = {
    items: [] as vscode.QuickPickItem[],
    selectedItems: [] as vscode.QuickPickItem[],
    onDidAccept: (accepted: () => void) => {
      accept = accepted;
    },
    onDidHide: () => {},
    show() {
      list.selectedItems = list.items.filter(({ description }) => description === option);
      accept();
    },
    dispose: () => {},
  };
  return list;
}
