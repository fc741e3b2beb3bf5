import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { DiffTableOptions } from '../../src/core/profile/diff/queries/diff-table.ts';
import { GROUPINGS } from '../../src/core/profile/frame-keys.ts';
import type { Operation } from '../../src/core/profile/operations/operation.ts';
import { compareState } from '../../src/features/compare/compare-state.ts';
import { compareTree } from '../../src/features/compare/compare-tree.ts';
import { byTime, fileSource, partOf } from '../../src/features/compare/compared-source.ts';
import { Comparison } from '../../src/features/compare/comparison.ts';
import { DROPPED_PROFILES } from '../../src/features/runs-view/dropped-profiles.ts';
import type { Host } from '../../src/host/host.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';

suite('comparing', () => {
  const FILES = ['compare-a.data', 'compare-b.data'] as const;
  const ALL: Omit<DiffTableOptions, 'view' | 'by'> = {
    order: 'size',
    of: 'self',
    isReversed: false,
    query: { text: '', isRegex: false, matchCase: false },
    limit: Number.MAX_SAFE_INTEGER,
  };
  let host: Host;
  let comparison: Comparison;
  const path = (file: string) => join(workspaceFolder(), file);

  suiteSetup(async function () {
    this.timeout(60_000);
    host = await editorHost();
    for (const [at, file] of FILES.entries()) {
      const program = ['--', 'build/planted-cpp', `${at + 1}`];
      const args = ['record', '-o', file, '-F', '999', '-e', 'cpu-clock', '-g', ...program];
      const { status, stderr } = spawnSync('perf', args, { cwd: workspaceFolder(), encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    }
    comparison = new Comparison(host);
  });

  suiteTeardown(() => comparison.dispose());

  /** What the command line says, a row a function, line, file or module. */
  const fromCommandLine = (...args: string[]) => {
    const cli = join(host.context.extensionPath, 'dist', 'cli.cjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'diff', ...args, '--json'], {
      cwd: workspaceFolder(),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    assert.equal(status, 0, stderr);
    const answer = JSON.parse(stdout);
    return {
      totals: [answer.before.total, answer.after.total],
      rows: answer.rows.map((row: Record<string, unknown>) =>
        JSON.stringify([row['function'], row['file'], row['line'], row['module'], row['before'], row['after']]),
      ),
    };
  };

  const fromEditor = async (by: DiffTableOptions['by']) => {
    const { session } = comparison.required();
    const { rows } = await session.ask('diffTable', { ...ALL, by, view: comparison.view });
    return rows.map((row) => JSON.stringify([row.name, row.file, row.line, row.module, row.before, row.after]));
  };

  test('two recordings have the figures of the command line, by every grouping, however they are made comparable', async () => {
    const [a, b] = await Promise.all(FILES.map((file) => fileSource(path(file))));
    await comparison.open(byTime(b, a));
    assert.equal(comparison.failure, undefined);
    assert.equal(comparison.required().before.title, FILES[0]);
    for (const normalise of ['nothing', 'total', 'duration'] as const) {
      comparison.setLook({ normalise });
      for (const by of normalise === 'nothing' ? GROUPINGS : (['function'] as const)) {
        const theirs = fromCommandLine(...FILES, '--by', by, '--normalize', normalise);
        assert.deepEqual((await fromEditor(by)).sort(), theirs.rows.sort(), `${by} ${normalise}`);
        const { before, after, tree } = await compareTree(host, comparison);
        assert.deepEqual([before, after], theirs.totals);
        assert.ok(Math.abs(tree.beforeTotal[0] - before) <= before * 1e-12);
        assert.ok(Math.abs(tree.afterTotal[0] - after) <= after * 1e-12);
      }
    }
  }).timeout(120_000);

  test('what of it is of the workspace is known, and what it may mislead about is said', async () => {
    comparison.setLook({ normalise: 'nothing', width: 'after' });
    const { tree, inWorkspace } = await compareTree(host, comparison);
    const own = tree.functions.name.filter((_, at) => inWorkspace[at] === 1);
    assert.ok(
      own.some((name) => name.includes('multiply')),
      own.join(' '),
    );
    const state = await compareState(comparison);
    assert.equal(state.status, 'open');
    if (state.status !== 'open') return;
    assert.deepEqual(state.normalisations, ['nothing', 'total', 'samples', 'duration', 'requests']);
    assert.ok(
      state.differences.some((sentence) => /^Command: .*planted-cpp 1 before, .*planted-cpp 2 after\.$/.test(sentence)),
    );
    assert.ok(
      state.mayMislead.some((sentence) => /Before lasted .* and after .*, and nothing is normalised/.test(sentence)),
    );
  });

  test('what is done to both is what the command line does, is said, stays for the next pair, and is taken away', async () => {
    const [a, b] = await Promise.all(FILES.map((file) => fileSource(path(file))));
    const operations: Operation[] = [
      { op: 'focus', pattern: 'multiply' },
      { op: 'hide', pattern: '^main$' },
    ];
    await comparison.open({ before: a, after: b }, [...operations, { op: 'rm' } as never]);
    assert.deepEqual(comparison.look.operations, operations);
    const options = ['--focus', 'multiply', '--hide', '^main$'];
    const cut = fromCommandLine(...FILES, ...options);
    assert.deepEqual((await fromEditor('function')).sort(), cut.rows.sort());
    const state = await compareState(comparison);
    assert.deepEqual(state.status === 'open' && state.parts.map(({ words }) => words), [
      'only with /multiply/',
      'hidden /^main$/',
    ]);
    await comparison.open({ before: b, after: a });
    assert.deepEqual(
      (await fromEditor('function')).sort(),
      fromCommandLine(FILES[1], FILES[0], ...options).rows.sort(),
    );
    await comparison.open({ before: a, after: b });
    comparison.setLook({ operations: [] });
    const whole = fromCommandLine(...FILES);
    assert.deepEqual((await fromEditor('function')).sort(), whole.rows.sort());
    assert.ok(cut.rows.length < whole.rows.length);
  }).timeout(60_000);

  test('swapping changes places without reading again', async () => {
    const before = await fromEditor('function');
    await comparison.swap();
    assert.equal(comparison.required().after.title, FILES[0]);
    assert.notDeepEqual(await fromEditor('function'), before);
    assert.deepEqual((await fromEditor('function')).sort(), fromCommandLine(FILES[1], FILES[0]).rows.sort());
  }).timeout(60_000);

  test('swapped twice at once, it is as it was, and is called so', async () => {
    const [before, figures] = [comparison.required().before.title, await fromEditor('function')];
    await Promise.all([comparison.swap(), comparison.swap()]);
    assert.equal(comparison.required().before.title, before);
    assert.deepEqual(await fromEditor('function'), figures);
    await Promise.all([comparison.swap(), comparison.swap(), comparison.swap()]);
    assert.notEqual(comparison.required().before.title, before);
    await comparison.swap();
  }).timeout(60_000);

  test('a recording is compared with a range of its own time', async () => {
    const source = await fileSource(path(FILES[1]));
    const part = { range: { from: { share: 0.5 } }, isRest: false };
    await comparison.open({ before: partOf(source, { ...part, isRest: true }), after: partOf(source, part) });
    assert.equal(comparison.failure, undefined);
    const theirs = fromCommandLine(FILES[1], '--before', '..50%', '--after', '50%..');
    assert.deepEqual((await fromEditor('function')).sort(), theirs.rows.sort());
  }).timeout(60_000);

  test('what can’t be read or compared is said, and the next is read all the same', async () => {
    const [good, bad] = await Promise.all([path(FILES[0]), path('Makefile')].map(fileSource));
    await comparison.open({ before: bad, after: good });
    assert.match(comparison.failure?.message ?? '', /Makefile/);
    const state = await compareState(comparison);
    assert.deepEqual(state.status === 'failed' && state.actions.map(({ title }) => title), [
      'Try Again',
      'Compare With…',
    ]);
    const reading = comparison.open({ before: good, after: good });
    comparison.cancel();
    await reading;
    assert.equal(comparison.failure?.message, 'It was cancelled.');
    await comparison.open({ before: good, after: good });
    assert.equal(comparison.failure, undefined);
  }).timeout(60_000);

  test('a value that was chosen is shown of the next pair too; one that nobody chose is not', async () => {
    const fixture = (name: string) => fileSource(join(host.context.extensionPath, 'test', 'fixtures', name));
    const [pprof, folded] = await Promise.all([fixture('pprof/go-cpu.pb'), fixture('py-spy-raw/files.txt')]);
    const shown = () => comparison.required().sides.values[comparison.look.value].type;
    await comparison.open({ before: folded, after: folded });
    assert.equal(shown(), 'samples');
    await comparison.open({ before: pprof, after: pprof });
    assert.equal(shown(), 'cpu');
    comparison.setLook({ value: comparison.required().sides.values.findIndex(({ type }) => type === 'samples') });
    await comparison.swap();
    assert.equal(shown(), 'samples');
    await comparison.open({ before: pprof, after: pprof });
    assert.equal(shown(), 'samples');
    comparison.close();
    await comparison.open({ before: pprof, after: pprof });
    assert.equal(shown(), 'cpu');
  }).timeout(60_000);

  test('a comparison that is opened from a recording takes over the filters of its view, and its threads by their names', async () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(host.context.extensionPath, 'dist', 'cli.cjs'), 'record', '--', 'build/planted-cpp', '1'],
      { cwd: workspaceFolder(), encoding: 'utf8', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
    );
    assert.equal(status, 0, stderr);
    await vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(path(FILES[1])));
    const operations: Operation[] = [{ op: 'focus', pattern: 'multiply' }];
    const { threads } = host.active.current!.overview;
    host.active.look({ operations, threads: [threads.findIndex(({ name }) => name === 'planted-cpp')] });
    const opening = vscode.commands.executeCommand('perfwright.compareWith');
    const remembered = await until(
      async () => {
        // The newest run is offered first.
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return host.context.workspaceState.get<{ operations: unknown; after: { path: string } }>('perfwright.compared');
      },
      (state) => state !== undefined,
    );
    await opening;
    const [store] = host.runs.all();
    await store.remove((await store.get('latest')).id);
    assert.equal(remembered?.after.path, path(FILES[1]));
    assert.deepEqual(remembered?.operations, [...operations, { op: 'tagfocus', filter: 'comm=^planted-cpp$' }]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    host.active.show(undefined);
  }).timeout(60_000);

  const panels = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('perfwright.compare'));

  test('of files dropped on the runs, a remote window’s too, one is opened and two are compared; what is no file is neither', async () => {
    const drop = async (...uris: readonly string[]) => {
      const data = new vscode.DataTransfer();
      data.set('text/uri-list', new vscode.DataTransferItem(uris.join('\r\n')));
      await DROPPED_PROFILES.handleDrop!(undefined, data, new vscode.CancellationTokenSource().token);
    };
    const remote = FILES.map((file) => `vscode-remote://localhost%3A8080${vscode.Uri.file(path(file)).path}`);
    const opened = () => host.active.current?.path;
    host.active.show(undefined);
    await drop('https://host/profile.data');
    await drop();
    assert.equal(opened(), undefined);
    assert.deepEqual(panels(), []);
    await drop(remote[0]);
    assert.equal(opened(), path(FILES[0]));
    assert.deepEqual(panels(), []);
    await drop(...remote);
    const [panel] = await until(panels, (found) => found.length === 1);
    const { before, after } = host.context.workspaceState.get<Record<string, { path: string }>>('perfwright.compared')!;
    assert.deepEqual([before.path, after.path], FILES.map(path));
    await vscode.window.tabGroups.close(panel);
    host.active.show(undefined);
  }).timeout(60_000);

  test('two files chosen in the explorer open the panel, which lets go of them when it is closed', async () => {
    const uris = FILES.map((file) => vscode.Uri.file(path(file)));
    await vscode.commands.executeCommand('perfwright.compareProfiles', uris[0], uris);
    const [panel] = await until(panels, (found) => found.length === 1);
    assert.deepEqual(Object.keys(host.context.workspaceState.get('perfwright.compared') ?? {}), [
      'before',
      'after',
      'operations',
      'look',
    ]);
    await vscode.window.tabGroups.close(panel);
    await until(
      () => host.context.workspaceState.get('perfwright.compared'),
      (state) => state === undefined,
    );
  }).timeout(30_000);
});
