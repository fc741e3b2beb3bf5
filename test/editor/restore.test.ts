import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { restoreFeature } from '../../src/features/restore/restore.ts';
import { ActiveRecording } from '../../src/host/active-recording.ts';
import type { Host } from '../../src/host/host.ts';
import { openProfile, readRecording } from '../../src/host/open-profile.ts';
import { OpenRecordings } from '../../src/host/open-recordings.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';
import { replaced } from '../support/replaced.ts';

const MAIN = 'program  100/100  1.000000:  1000000 cpu-clock:\n\t            1010 leaf+0x10 (/tmp/program)\n\n';
const WORKER = 'worker  100/101  1.002000:  2000000 cpu-clock:\n\t            1010 leaf+0x10 (/tmp/program)\n\n';

suite('what was shown when the window closed', () => {
  let host: Host;
  let folder: string;
  const windows: ActiveRecording[] = [];
  const path = (name: string) => join(folder, name);

  /** A window that has just been opened; what it stores is in `state`. */
  const opened = (state: Map<string, unknown>): Host => {
    const workspaceState = {
      get: (key: string) => state.get(key),
      update: async (key: string, value: unknown) => void state.set(key, structuredClone(value)),
    };
    const asAbsolutePath = (file: string) => host.context.asAbsolutePath(file);
    const context = { workspaceState, asAbsolutePath, subscriptions: [] } as unknown as vscode.ExtensionContext;
    const active = new ActiveRecording();
    windows.push(active);
    return { ...host, context, active, recordings: new OpenRecordings() };
  };
  const reloaded = async (state: Map<string, unknown>) => {
    const window = opened(state);
    restoreFeature(window);
    return until(() => window.active.current, Boolean).then(() => window.active.current!);
  };

  suiteSetup(async () => {
    host = await editorHost();
    folder = join(workspaceFolder(), 'shown files');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path('b.folded'), 'main;other 5\n');
    writeFileSync(
      path('long.folded'),
      Array.from({ length: 300_000 }, (_, at) => `main;w${at % 999} ${at}\n`).join(''),
    );
  });
  teardown(() => {
    for (const active of windows.splice(0)) active.dispose();
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  test('is looked at as it was, as far as the file that was recorded again has that', async () => {
    const state = new Map<string, unknown>();
    const window = opened(state);
    restoreFeature(window);
    writeFileSync(path('threads.txt'), MAIN + WORKER);
    await openProfile(window, path('threads.txt'));
    const look = { threads: [1], kernel: false, operations: [{ op: 'focus', pattern: 'leaf' }] } as const;
    window.active.look({ ...look, shareOf: 'all' });
    const same = await reloaded(state);
    assert.deepEqual(same.view, { ...window.active.view, ...look });
    assert.equal(same.shareOf, 'all');
    assert.ok(!same.canUndo);
    writeFileSync(path('threads.txt'), WORKER);
    const moved = await reloaded(state);
    assert.deepEqual(moved.view, { ...same.view, threads: [0] });
    writeFileSync(path('threads.txt'), MAIN);
    const without = await reloaded(state);
    assert.equal(without.view.threads, null);
  });

  test('is looked at as it was where an editor of it reads it first', async () => {
    const state = new Map<string, unknown>();
    const before = opened(state);
    restoreFeature(before);
    await openProfile(before, path('b.folded'));
    before.active.look({ operations: [{ op: 'focus', pattern: 'other' }] });
    const window = opened(state);
    const inEditor = readRecording(window, path('b.folded'), { shownBy: new ActiveRecording() });
    restoreFeature(window);
    const current = await until(() => window.active.current, Boolean);
    assert.equal(current, await inEditor);
    assert.deepEqual(current?.view, before.active.view);
  });

  test('gives way to what a person opens meanwhile, which is shown the next time', async () => {
    const state = new Map<string, unknown>();
    const before = opened(state);
    restoreFeature(before);
    await openProfile(before, path('long.folded'));
    const window = opened(state);
    restoreFeature(window);
    await openProfile(window, path('b.folded'));
    await until(
      () => window.active.opening,
      (opening) => opening === undefined,
    );
    assert.equal(window.active.current?.path, path('b.folded'));
    assert.equal((await reloaded(state)).path, path('b.folded'));
  }).timeout(60_000);

  test('is missed with a word, once, where its file is gone', async () => {
    const state = new Map<string, unknown>();
    const window = opened(state);
    restoreFeature(window);
    writeFileSync(path('gone.folded'), 'main;other 5\n');
    await openProfile(window, path('gone.folded'));
    rmSync(path('gone.folded'));
    const said: string[] = [];
    const say = async (message: string) => void said.push(message);
    await replaced(
      vscode.window,
      'showInformationMessage',
      say as typeof vscode.window.showInformationMessage,
      async () => {
        const after = opened(state);
        restoreFeature(after);
        await until(
          () => said.length,
          (count) => count > 0,
        );
        restoreFeature(opened(state));
        assert.equal(after.active.current, undefined);
      },
    );
    assert.deepEqual(said, [`${path('gone.folded')} was shown when the window closed, and is not there any more.`]);
    assert.equal(state.get('perfwright.shown'), undefined);
  });

  test('is still known when the window is closed, and what another version stored is no trouble', async () => {
    const state = new Map<string, unknown>();
    const window = opened(state);
    restoreFeature(window);
    const { view } = await openProfile(window, path('b.folded'));
    window.active.dispose();
    assert.equal((await reloaded(state)).path, path('b.folded'));
    const older = { path: path('b.folded'), view: { ...view, threads: [7] }, shareOf: 'view' };
    assert.deepEqual((await reloaded(new Map([['perfwright.shown', older]]))).view, view);
  });
});
