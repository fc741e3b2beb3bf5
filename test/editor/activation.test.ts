import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('activation', () => {
  const extension = vscode.extensions.getExtension('perfwright.perfwright');

  test('the extension is found, runs where the workspace is, and activates', async () => {
    assert.ok(extension, 'no extension perfwright.perfwright');
    assert.equal(extension.extensionKind, vscode.ExtensionKind.Workspace);
    await extension.activate();
    assert.ok(extension.isActive);
  });

  test('every command that is offered can be run', async () => {
    assert.ok(extension);
    await extension.activate();
    const offered: { command: string }[] = extension.packageJSON.contributes.commands;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(offered.length > 0, 'no command is offered');
    assert.deepEqual(
      offered.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  test('every view that is offered has something behind it', async () => {
    assert.ok(extension);
    await extension.activate();
    const containers: Record<string, { id: string }[]> = extension.packageJSON.contributes.views;
    const views = Object.values(containers).flat();
    assert.ok(views.length > 0, 'no view is offered');
    for (const { id } of views) await vscode.commands.executeCommand(`${id}.focus`);
  });
});
