import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { exactPattern } from '../../src/core/exact-pattern.ts';
import { tablePages } from '../../src/features/tables/table-pages.ts';
import { tablesState } from '../../src/features/tables/tables-state.ts';
import type { Host } from '../../src/host/host.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';

suite('tables', () => {
  let host: Host;
  const file = () => join(workspaceFolder(), 'tables.data');
  const search = { text: '', isRegex: false, matchCase: false };
  const top = { by: 'function', sort: { column: 'self', isDescending: true }, search } as const;
  const calls = { direction: 'down', sort: { column: 'total', isDescending: true }, search, tree: 0 } as const;

  suiteSetup(async function () {
    this.timeout(60_000);
    host = await editorHost();
    const args = ['record', '-o', file(), '-F', '999', '-e', 'cpu-clock', '-g', '--', 'build/planted-cpp', '1'];
    const { status, stderr } = spawnSync('perf', args, { cwd: workspaceFolder(), encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    await vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(file()));
    assert.equal(host.active.current?.title, 'tables.data');
  });

  suiteTeardown(() => {
    host.active.show(undefined);
    rmSync(file(), { force: true });
  });

  test('both commands open the one panel', async () => {
    const panels = () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('perfwright.tables'));
    await vscode.commands.executeCommand('perfwright.tables.top');
    await until(panels, ({ length }) => length === 1);
    await vscode.commands.executeCommand('perfwright.tables.callTree');
    assert.equal(panels().length, 1);
    await vscode.window.tabGroups.close(panels());
  }).timeout(30_000);

  test('the worker answers with the top table, in which the workspace’s functions are marked', async () => {
    const { rows, whole, rowCount } = await tablePages(host).top({ ...top, from: 0, count: 100 });
    const { view } = host.active;
    const expected = await host.active.current!.session.ask('top', { view: view!, by: 'function' });
    assert.equal(whole, expected.total);
    assert.equal(rowCount, expected.rowCount);
    assert.deepEqual(
      rows.map(({ name, self, total }) => [name, self, total]),
      expected.rows.slice(0, 100).map(({ name, self, total }) => [name, self, total]),
    );
    const hot = rows.find(({ name }) => name.includes('multiply'));
    assert.ok(hot?.inWorkspace, JSON.stringify(rows.slice(0, 3)));
    assert.ok(rows.some(({ inWorkspace }) => !inWorkspace));
  });

  test('the call tree is asked for a page at a time, and is open along what costs most', async () => {
    const pages = tablePages(host);
    const expanded = Int32Array.of(0);
    const { tree, nodes } = await pages.expansion({ ...calls, expanded, node: 0, what: 'heaviest' });
    const open = { ...calls, tree, expanded: Int32Array.from(nodes) };
    const { rows, whole } = await pages.calls({ ...open, from: 0, count: 50, locate: -1 });
    assert.equal(rows[0].total, whole);
    assert.ok(rows.some(({ name, inWorkspace }) => name.includes('multiply') && inWorkspace));
    for (const row of rows) if (row.parentRow >= 0) assert.ok(row.total <= rows[row.parentRow].total);
  });

  test('rows are on the clipboard as text', async () => {
    const { rows, of } = await tablePages(host).copy({ top, from: 0, count: 2, format: 'tsv' });
    assert.deepEqual([rows, of], [2, 2]);
    const lines = (await vscode.env.clipboard.readText()).split('\n');
    assert.match(lines[0], /^Self \(nanoseconds\)\tSelf \(%\)\t/);
    assert.equal(lines.length, 4);
  });

  test('an operation on a row means its function and no other, and every surface follows', async () => {
    const pages = tablePages(host);
    const before = await pages.top({ ...top, from: 0, count: 1000 });
    const hot = before.rows.find(({ name }) => name.includes('multiply'))!;
    host.active.look({ operations: [{ op: 'merge', pattern: exactPattern(hot.name) }] });
    const after = await pages.top({ ...top, from: 0, count: 1000 });
    assert.equal(after.whole, before.whole, 'no sample is lost');
    assert.ok(!after.rows.some(({ name }) => name === hot.name));
    const state = await tablesState(host.active);
    assert.ok(state.status === 'open' && state.parts.length === 1, JSON.stringify(state));
    host.active.look({ operations: [] });
  });
});
