import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { launchTargets, taskTargets } from '../../src/features/profile/targets/configured-targets.ts';
import { editorVariables } from '../../src/features/profile/targets/editor-variables.ts';
import { executableTargets, processTargets } from '../../src/features/profile/targets/program-targets.ts';
import { RunTree } from '../../src/features/runs-view/run-tree.ts';
import type { Host } from '../../src/host/host.ts';
import type { OpenRecording } from '../../src/host/open-recording.ts';
import { recoverInterrupted } from '../../src/runs/recover.ts';
import type { Run } from '../../src/runs/run.ts';
import { ownerOf } from '../../src/runs/run-owner.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';
import { untilWorked } from '../support/until-worked.ts';

suite('profiling', () => {
  let host: Host;
  const runs = async (): Promise<readonly Run[]> => (await host.runs.all()[0].list()).runs;
  const launch = (name: string) => ({ kind: 'launch', folder: workspaceFolder(), name });
  const shown = async (act: () => unknown): Promise<OpenRecording> => {
    const before = host.active.current;
    await act();
    const now = await until(() => host.active.current !== before, Boolean).then(() => host.active.current);
    assert.ok(now);
    return now;
  };

  suiteSetup(async () => {
    host = await editorHost();
  });

  test('targets are the launch configurations, the tasks that run a program, and what was built', async () => {
    assert.deepEqual(
      launchTargets().map(({ label }) => label),
      ['planted-cpp', 'planted-c'],
    );
    assert.deepEqual(
      taskTargets().map(({ label }) => label),
      ['run the C program'],
    );
    const built = (await executableTargets()).map(({ label }) => label);
    assert.deepEqual(built.sort(), ['planted-c', 'planted-cpp']);
    assert.ok((await processTargets()).some(({ key }) => key.kind === 'process' && key.pid === process.ppid));
  });

  test("a launch configuration's variables are put in, and the folder with spaces is one word", async () => {
    const [target] = launchTargets();
    const prepared = await target.prepare();
    assert.equal(prepared.kind, 'program');
    assert.deepEqual(prepared.kind === 'program' && prepared.argv, [
      join(workspaceFolder(), 'build', 'planted-cpp'),
      '3',
    ]);
    assert.equal(prepared.kind === 'program' && prepared.cwd, workspaceFolder());
  }).timeout(60_000);

  test('a variable that there is not stands for nothing, whatever it is called', async () => {
    const resolve = editorVariables(vscode.workspace.workspaceFolders![0], []);
    for (const name of ['nothing', 'constructor', 'toString', '__proto__']) {
      assert.equal(await resolve(name, ''), undefined, name);
      assert.equal(await resolve('env', name), '', name);
    }
    assert.equal(await resolve('env', 'PATH'), process.env['PATH']);
  });

  test('profiling a launch configuration makes a run and shows its profile', async () => {
    const recording = await shown(() =>
      vscode.commands.executeCommand('perfwright.profileTarget', launch('planted-cpp')),
    );
    assert.match(recording.title, /^planted-cpp · /);
    assert.ok(recording.overview.samples > 200, `${recording.overview.samples} samples`);
    const [run] = await runs();
    assert.equal(run.state, 'done');
    assert.equal(run.id, recording.runId);
    assert.ok(run.summary?.top.some((row) => row.function.includes('multiply')));
    assert.ok((run.quality?.workspaceShare ?? 0) > 0.5, `workspace share ${run.quality?.workspaceShare}`);
  }).timeout(90_000);

  test('the run that was just made is shown as it is looked at when it is opened from the list', async () => {
    const { current } = host.active;
    host.active.look({ operations: [{ op: 'focus', pattern: 'multiply' }] });
    const { view } = host.active;
    await vscode.commands.executeCommand('perfwright.runs.open', { run: current?.runId });
    assert.equal(host.active.current, current);
    assert.equal(host.active.view, view);
  }).timeout(30_000);

  test('profiling again profiles the same', async () => {
    const recording = await shown(() => vscode.commands.executeCommand('perfwright.profileAgain'));
    assert.match(recording.title, /^planted-cpp · /);
    assert.equal((await runs()).length, 2);
  }).timeout(90_000);

  test('stopping half way shows what was recorded until then', async () => {
    const recording = await shown(() =>
      whileRecording(['build/planted-c', '60'], () => vscode.commands.executeCommand('perfwright.stop')),
    );
    assert.ok(recording.overview.samples > 20, `${recording.overview.samples} samples`);
    assert.equal((await runs())[0].state, 'done');
  }).timeout(90_000);

  test('cancelling half way keeps a run with what there is, and leaves nothing running', async () => {
    const before = host.active.current;
    await whileRecording(['build/planted-c', '61'], () => vscode.commands.executeCommand('perfwright.cancel'));
    const [run] = await runs();
    assert.equal(run.state, 'cancelled');
    assert.ok(run.artifacts[0].bytes > 0);
    assert.equal(host.active.current, before);
    assert.ok(!(await processTargets()).some(({ detail }) => detail.endsWith('planted-c 61')));
  }).timeout(90_000);

  test('what a cancelled run holds can be opened', async () => {
    const [run] = await runs();
    const recording = await shown(() => vscode.commands.executeCommand('perfwright.runs.open', { run: run.id }));
    assert.equal(recording.runId, run.id);
  }).timeout(30_000);

  test('a program that is not there makes no run', async () => {
    const count = (await runs()).length;
    const target = { kind: 'typed', folder: workspaceFolder(), argv: ['build/nothing'], cwd: workspaceFolder() };
    await vscode.commands.executeCommand('perfwright.profileTarget', target);
    assert.equal((await runs()).length, count);
  }).timeout(30_000);

  test('a file that is no profile leaves what is shown as it is', async () => {
    const before = host.active.current;
    await vscode.commands.executeCommand(
      'perfwright.openProfile',
      vscode.Uri.file(join(workspaceFolder(), 'Makefile')),
    );
    assert.equal(host.active.current, before);
  });

  test('runs stand under their day with their figures', async () => {
    const tree = new RunTree(host);
    const [today] = await tree.getChildren();
    assert.equal(tree.getTreeItem(today).label, 'Today');
    const items = (await tree.getChildren(today)).map((run) => tree.getTreeItem(run));
    assert.equal(items.length, (await runs()).length);
    const descriptions = items.map(({ description }) => String(description));
    assert.ok(
      descriptions.some((text) => /^\d\d:\d\d · [\d.]+ m?s · perf$/.test(text)),
      descriptions.join('\n'),
    );
    assert.ok(
      descriptions.some((text) => text.includes('cancelled')),
      descriptions.join('\n'),
    );
  });

  test('a run that was recording when its recorder died is found and marked', async () => {
    const store = host.runs.all()[0];
    const [newest] = await runs();
    const dead = { ...ownerOf([process.pid]), processes: [{ pid: 2 ** 22 - 1, startTicks: 1 }] };
    await store.update({ ...newest, state: 'recording', owner: dead });
    const [found] = await recoverInterrupted(store);
    assert.equal(found.id, newest.id);
    assert.equal((await runs())[0].state, 'interrupted');
  });

  /** Records a command, and acts once it has been recorded for a while. */
  async function whileRecording(argv: readonly string[], act: () => unknown): Promise<void> {
    const before = new Set((await runs()).map(({ id }) => id));
    const target = { kind: 'typed', folder: workspaceFolder(), argv, cwd: workspaceFolder() };
    const recorded = vscode.commands.executeCommand('perfwright.profileTarget', target);
    const [run] = await until(runs, ([newest]) => newest && !before.has(newest.id));
    const recording = join(host.runs.all()[0].runFolder(run.id), 'perf.data');
    await until(
      () => statSync(recording, { throwIfNoEntry: false })?.size ?? 0,
      (size) => size > 0,
    );
    await untilWorked(argv[0], 0.5);
    await act();
    await recorded;
  }
});
