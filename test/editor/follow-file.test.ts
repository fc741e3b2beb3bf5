import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { compareTree } from '../../src/features/compare/compare-tree.ts';
import { fileSource } from '../../src/features/compare/compared-source.ts';
import { Comparison } from '../../src/features/compare/comparison.ts';
import { followFiles } from '../../src/features/compare/follow-files.ts';
import type { Host } from '../../src/host/host.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';
import { replaced } from '../support/replaced.ts';

suite('the file of the recording that is shown', () => {
  let host: Host;
  let folder: string;
  const path = (name: string) => join(folder, name);
  const open = (name: string) => vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(path(name)));
  const samples = () => host.active.current?.overview.samples;

  suiteSetup(async () => {
    host = await editorHost();
    folder = join(workspaceFolder(), 'followed files');
    mkdirSync(folder, { recursive: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  suiteTeardown(() => vscode.commands.executeCommand('perfwright.clear'));

  test('is read again when it is written anew, and looked at as before', async () => {
    writeFileSync(path('again.folded'), 'main;first 3\nmain;rest 1\n');
    await open('again.folded');
    host.active.look({ operations: [{ op: 'ignore', pattern: 'rest' }] });
    writeFileSync(path('again.folded'), 'main;first 3\nmain;second 4\nmain;rest 2\n');
    await until(samples, (count) => count === 9);
    assert.deepEqual(host.active.view?.operations, [{ op: 'ignore', pattern: 'rest' }]);
  });

  test('stays as it was where it is no profile any more, which is said once', async () => {
    writeFileSync(path('broken.folded'), 'main;first 3\n');
    await open('broken.folded');
    const said: string[] = [];
    const say = async (message: string) => void said.push(message);
    await replaced(vscode.window, 'showErrorMessage', say as typeof vscode.window.showErrorMessage, async () => {
      writeFileSync(path('broken.folded'), 'words, and no profile\n');
      await until(
        () => said.length,
        (count) => count > 0,
      );
      await new Promise((resolve) => setTimeout(resolve, 1500));
    });
    assert.equal(said.length, 1);
    assert.match(said[0], /^broken.folded was written since, and can’t be shown as it is now: /);
    assert.equal(samples(), 3);
  });

  test('is read again where it is compared, with what was done to both, also where it was no profile meanwhile', async () => {
    writeFileSync(path('before.folded'), 'main;first 3\nmain;rest 1\n');
    writeFileSync(path('after.folded'), 'main;first 4\nmain;rest 1\n');
    const comparison = new Comparison(host);
    const following = followFiles(comparison);
    const [before, after] = await Promise.all(['before.folded', 'after.folded'].map((name) => fileSource(path(name))));
    await comparison.open({ before, after }, [{ op: 'ignore', pattern: 'rest' }]);
    const total = async () => comparison.opened && (await compareTree(host, comparison)).after;
    assert.equal(await total(), 4);
    writeFileSync(path('after.folded'), 'main;first 7\nmain;rest 2\n');
    await until(total, (cost) => cost === 7);
    assert.ok(comparison.required().after.recordedAt > after.recordedAt);
    writeFileSync(path('before.folded'), 'words, and no profile\n');
    await until(
      () => comparison.failure,
      (failure) => failure !== undefined,
    );
    writeFileSync(path('before.folded'), 'main;first 3\n');
    await until(total, (cost) => cost === 7);
    following.dispose();
    comparison.dispose();
  });

  test('is left alone once another is shown', async () => {
    writeFileSync(path('former.folded'), 'main;first 3\n');
    writeFileSync(path('later.folded'), 'main;other 5\n');
    await open('former.folded');
    await open('later.folded');
    writeFileSync(path('former.folded'), 'main;first 3\nmain;second 4\n');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(host.active.current?.title, 'later.folded');
  });
});
