import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ActiveRecording } from '../../src/host/active-recording.ts';
import type { Host } from '../../src/host/host.ts';
import { openProfile, readRecording } from '../../src/host/open-profile.ts';
import type { ProfileSession } from '../../src/runs/profile-session.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';

const SPEEDSCOPE = {
  $schema: 'https://www.speedscope.app/file-format-schema.json',
  shared: { frames: [{ name: 'main' }, { name: 'work' }] },
  profiles: [
    { type: 'sampled', name: 'one', unit: 'milliseconds', startValue: 0, endValue: 3, samples: [[0, 1]], weights: [3] },
  ],
};

suite('the editor of profile files', () => {
  let host: Host;
  let folder: string;
  const path = (name: string) => join(folder, name);
  const uri = (name: string) => vscode.Uri.file(path(name));
  const shown = () => host.active.current?.title;
  const activeTab = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const open = (name: string, column = vscode.ViewColumn.One) =>
    vscode.commands.executeCommand('vscode.open', uri(name), { viewColumn: column, preview: false });
  const recording = (name: string) => host.recordings.find(path(name), statSync(path(name)).mtime);

  suiteSetup(async function () {
    this.timeout(60_000);
    host = await editorHost();
    folder = join(workspaceFolder(), 'profile files');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path('a.folded'), 'main;work 3\nmain;rest;work 1\n');
    writeFileSync(path('b.folded'), 'main;other 5\n');
    writeFileSync(path('broken.jfr'), 'FLR\0\0\u0002\0\0 and no more');
    writeFileSync(path('c.json'), JSON.stringify(SPEEDSCOPE));
    writeFileSync(path('long.folded'), Array.from({ length: 500_000 }, (_, at) => `main;w${at};x${at} 1\n`).join(''));
    writeFileSync(path('package.json'), '{"name": "not a profile"}');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('a file of a profiler opens as what it holds, and every surface shows it', async () => {
    await open('a.folded');
    const input = await until(activeTab, (tab) => tab instanceof vscode.TabInputCustom);
    assert.equal((input as vscode.TabInputCustom).viewType, 'perfwright.profileEditor');
    await until(shown, (title) => title === 'a.folded');
    assert.equal(host.active.current?.overview.samples, 4);
  });

  test('each of two editors has its own recording, and the one that is active is shown everywhere', async () => {
    await open('a.folded');
    await until(shown, (title) => title === 'a.folded');
    await open('b.folded', vscode.ViewColumn.Two);
    await until(shown, (title) => title === 'b.folded');
    const first = recording('a.folded');
    assert.ok(first, 'the first is still open');
    assert.equal((await first.session.ask('top', { view: first.view, by: 'function' })).total, 4);
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await until(shown, (title) => title === 'a.folded');
    assert.equal(host.active.current, first);
  });

  test('a recording is looked at the same way wherever it is shown, and each way can be taken back', async () => {
    await open('a.folded');
    await until(shown, (title) => title === 'a.folded');
    const { current } = host.active;
    await vscode.commands.executeCommand('perfwright.openProfile', uri('a.folded'));
    assert.equal(host.active.current, current, 'it was not read twice');
    host.active.look({ operations: [{ op: 'focus', pattern: 'rest' }] });
    const total = async () => {
      const { session, view } = host.active.current!;
      return (await session.ask('top', { view, by: 'function' })).total;
    };
    assert.equal(await total(), 1);
    await vscode.commands.executeCommand('perfwright.undoView');
    assert.equal(await total(), 4);
    await vscode.commands.executeCommand('perfwright.redoView');
    assert.equal(await total(), 1);
    host.active.look({ operations: [] });
  });

  test('a file that may be anything opens as text, and as a profile where that is asked for', async () => {
    await open('c.json');
    await until(activeTab, (tab) => tab instanceof vscode.TabInputText);
    await vscode.commands.executeCommand('vscode.openWith', uri('c.json'), 'perfwright.profileEditor.option');
    await until(shown, (title) => title === 'c.json');
    assert.equal(host.active.current?.overview.origin.format, 'speedscope');
  });

  test('a file that is none, or is broken, leaves what was shown as it was', async () => {
    await open('b.folded');
    await until(shown, (title) => title === 'b.folded');
    await vscode.commands.executeCommand('vscode.openWith', uri('package.json'), 'perfwright.profileEditor.option');
    await until(activeTab, (tab) => tab instanceof vscode.TabInputCustom && tab.uri.path.endsWith('package.json'));
    await open('broken.jfr');
    await until(activeTab, (tab) => tab instanceof vscode.TabInputCustom && tab.uri.path.endsWith('broken.jfr'));
    await until(
      () => host.active.opening,
      (opening) => opening === undefined,
    );
    assert.equal(shown(), 'b.folded');
  });

  test('a file that is written anew is shown as it is then, in the same view', async () => {
    writeFileSync(path('again [1].folded'), 'main;first 3\nmain;rest 1\n');
    await open('again [1].folded');
    await until(shown, (title) => title === 'again [1].folded');
    host.active.look({ inlines: false, operations: [{ op: 'ignore', pattern: 'rest' }] });
    const total = async () => {
      const { session, view } = host.active.current!;
      return (await session.ask('top', { view, by: 'function' })).total;
    };
    assert.equal(await total(), 3);
    writeFileSync(path('again [1].folded'), 'main;second 7\nmain;rest 2\n');
    await until(total, (cost) => cost === 7);
    assert.deepEqual(host.active.view?.operations, [{ op: 'ignore', pattern: 'rest' }]);
    assert.equal(host.active.view?.inlines, false);
  });

  test('a file that is written anew follows where a source is looked at meanwhile, and stays as it was where it is none', async () => {
    writeFileSync(path('replaced.folded'), 'main;first 3\n');
    await open('replaced.folded');
    await until(shown, (title) => title === 'replaced.folded');
    await open('package.json', vscode.ViewColumn.Two);
    const samples = () => host.active.current?.overview.samples;
    writeFileSync(path('replaced.folded'), 'main;first 3\nmain;second 4\n');
    await until(samples, (count) => count === 7);
    writeFileSync(path('replaced.folded'), 'words, and no profile\n');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.equal(samples(), 7);
    writeFileSync(path('replaced.folded'), 'main;first 3\nmain;second 4\nmain;third 5\n');
    await until(samples, (count) => count === 12);
  });

  test('of several files that are opened from the explorer’s menu, each has an editor', async () => {
    const files = [uri('a.folded'), uri('c.json')];
    await vscode.commands.executeCommand('perfwright.openProfile', files[0], files);
    const open = () => vscode.window.tabGroups.activeTabGroup.tabs.map(({ label }) => label);
    await until(open, (labels) => labels.length === 2);
    assert.deepEqual(open(), ['a.folded', 'c.json']);
    await until(shown, (title) => title === 'c.json');
  });

  test('what nobody shows any more is closed', async () => {
    await open('a.folded');
    await until(shown, (title) => title === 'a.folded');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.ok(recording('a.folded'), 'it is still the active one');
    await vscode.commands.executeCommand('perfwright.clear');
    await until(
      () => recording('a.folded'),
      (found) => found === undefined,
    );
  });

  test('who read a file at the same time share what is read, and it is closed where nobody wants it', async () => {
    const read = () => readRecording(host, path('a.folded'), { shownBy: new ActiveRecording() });
    const [one, another] = await Promise.all([read(), read()]);
    assert.equal(one, another);
    await until(
      () => recording('a.folded'),
      (found) => found === undefined,
    );
    await assert.rejects(one.session.ask('overview', undefined), /was closed/);
  });

  test('one of those who wait for a file may cancel, and the others get it', async () => {
    const [one, another] = [new ActiveRecording(), new ActiveRecording()];
    const given = readRecording(host, path('long.folded'), { shownBy: one });
    const kept = readRecording(host, path('long.folded'), { shownBy: another });
    await until(() => one.opening?.progress && another.opening?.progress, Boolean);
    one.opening?.cancel();
    await assert.rejects(given, { name: 'AbortError' });
    assert.equal((await kept).overview.samples, 500_000);
  }).timeout(60_000);

  test('a look at a file that fails leaves nothing open', async () => {
    let session: ProfileSession | undefined;
    const looked = host.recordings.lookFirst(path('b.folded'), async (read) => {
      session = read.session;
      throw new Error('no such look');
    });
    await assert.rejects(readRecording(host, path('b.folded')), /no such look/);
    looked.dispose();
    await assert.rejects(session!.ask('overview', undefined), /was closed/);
  });

  test('a file that is read sooner leaves what is said of one that takes longer', async () => {
    const long = openProfile(host, path('long.folded'));
    await until(() => host.active.opening, Boolean);
    await openProfile(host, path('b.folded'));
    assert.equal(host.active.opening?.title, 'long.folded');
    host.active.opening.cancel();
    await assert.rejects(long, { name: 'AbortError' });
    assert.equal(host.active.opening, undefined);
    assert.equal(shown(), 'b.folded');
  }).timeout(60_000);
});
