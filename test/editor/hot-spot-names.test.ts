import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { HotSpotTree } from '../../src/features/hot-spots/hot-spot-tree.ts';
import type { Host } from '../../src/host/host.ts';
import { editorHost, workspaceFolder } from '../support/editor-host.ts';

suite('names of hot spots', () => {
  let host: Host;
  const path = () => join(workspaceFolder(), 'names.folded');

  suiteSetup(async () => {
    host = await editorHost();
    writeFileSync(path(), 'main;rtl\u202egnp 3\nmain;usual 1\n');
    await vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(path()));
  });
  suiteTeardown(() => {
    host.active.show(undefined);
    rmSync(path());
  });

  test('don’t turn the figures beside them round', async () => {
    const tree = new HotSpotTree(host);
    const labels = (await tree.getChildren()).map((node) => tree.getTreeItem(node).label);
    assert.deepEqual(labels.slice(0, 2), ['rtl\\u202egnp', 'usual']);
  });
});
