import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { WRITERS } from '../../src/core/writers/index.ts';
import { HotSpotTree } from '../../src/features/hot-spots/hot-spot-tree.ts';
import { FORMATS } from '../../src/features/runs-view/export-run.ts';
import type { Host } from '../../src/host/host.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';

suite('annotations', () => {
  const PLANTED = 'sum += cell(row, k)';
  /** VS Code shows lenses as they are given, and hands them to a test as they come. */
  const ORDER = [
    '',
    'perfwright.showChangedFile',
    'perfwright.profileAgain',
    'perfwright.showCallers',
    'perfwright.flameGraph.open',
  ];
  let host: Host;
  let document: vscode.TextDocument;
  let planted: number;

  suiteSetup(async function () {
    this.timeout(60_000);
    host = await editorHost();
    const folder = workspaceFolder();
    const args = [
      'record',
      '-o',
      'annotations.data',
      '-F',
      '999',
      '-e',
      'cpu-clock',
      '-g',
      '--',
      'build/planted-cpp',
      '2',
    ];
    const { status, stderr } = spawnSync('perf', args, { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    await vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(join(folder, 'annotations.data')));
    assert.equal(host.active.current?.title, 'annotations.data');
    document = await vscode.workspace.openTextDocument(join(folder, 'cpp', 'matrix.hpp'));
    await vscode.window.showTextDocument(document);
    planted = document
      .getText()
      .split('\n')
      .findIndex((line) => line.includes(PLANTED));
  });

  const hover = async (line = planted): Promise<string> => {
    const at = new vscode.Position(line, document.lineAt(line).firstNonWhitespaceCharacterIndex);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    return hovers
      .flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)))
      .join('\n');
  };
  const lenses = async (): Promise<{ line: number; title: string; command: string }[]> => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    return found
      .map(({ range, command }) => ({
        line: range.start.line,
        title: command?.title ?? '',
        command: command?.command ?? '',
      }))
      .sort((a, b) => a.line - b.line || ORDER.indexOf(a.command) - ORDER.indexOf(b.command));
  };

  test('opening a profile goes to its hottest line', async () => {
    const editor = await until(() => vscode.window.activeTextEditor, Boolean);
    assert.match(editor?.document.uri.fsPath ?? '', /matrix\.hpp$/);
  });

  test('the hover gives self, total, samples, callers with links to their lines, and where it comes from', async () => {
    const text = await hover();
    assert.match(text, /\*\*total\*\* \| [\d.]+ % \| [\d.]+ m?s \| [\d.]+ k? ?\|/);
    assert.match(text, /\*\*self\*\* \| [\d.]+ %/);
    assert.match(text, /called from/);
    assert.match(text, /\]\(<file:\/\/\/.*main\.cpp#L\d+>\)/);
    assert.match(text, /cpu\\?-clock/);
  });

  test('counted, every figure is a number of entries', async () => {
    host.active.look({ operations: [{ op: 'count' }] });
    try {
      assert.match(await hover(), /\*\*total\*\* \| [\d.]+ % \| [\d.]+ k? ?cpu\\?-clock entries \|/);
      const titles = (await lenses()).map((lens) => lens.title).filter((title) => title.includes('% total'));
      assert.ok(titles.length > 0);
      // A function met by a single sample of thousands is there in some recordings: “<0.1 %”, “1 cpu-clock entry”.
      for (const title of titles) {
        assert.match(title, /^<?[\d.]+ % total · <?[\d.]+ % self · [\d.]+ k? ?cpu-clock (?:entries|entry)$/);
      }
    } finally {
      host.active.look({ operations: [] });
    }
  });

  test('a line without cost has no hover of ours', async () => {
    assert.equal(await hover(0), '');
  });

  test('without symbols of the language, a lens stands on the line that defines the function', async () => {
    const found = await lenses();
    const line = document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('void multiply('));
    const titles = found.filter((lens) => lens.line === line).map(({ title }) => title);
    assert.match(titles[0], /^[\d.]+ % total · [\d.]+ % self · [\d.]+ m?s$/);
    // A sample at a function's very first instruction skips its caller: then there are two.
    const { session, view, overview } = host.active.current!;
    const recorded = overview.files.find(({ path }) => path.endsWith('/matrix.hpp'))!.path;
    const { functions } = await session.ask('fileLines', { view, file: recorded });
    const { callers } = functions.find(({ name }) => name.endsWith('::multiply'))!;
    assert.deepEqual(titles.slice(1), [callers === 1 ? '1 caller' : `${callers} callers`, 'flame graph']);
  });

  test("with symbols of the language, the lens stands on the function's name", async () => {
    const line = document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('void multiply('));
    const provider: vscode.DocumentSymbolProvider = {
      provideDocumentSymbols: () => [
        new vscode.DocumentSymbol(
          'multiply',
          '',
          vscode.SymbolKind.Method,
          new vscode.Range(line - 1, 0, line + 10, 0),
          new vscode.Range(line, 21, line, 29),
        ),
      ],
    };
    const registered = vscode.languages.registerDocumentSymbolProvider({ pattern: '**/matrix.hpp' }, provider);
    try {
      const found = await lenses();
      assert.ok(found.some((lens) => lens.line === line && lens.title.includes('% total')));
    } finally {
      registered.dispose();
    }
  });

  test('one setting takes the lenses away', async () => {
    const settings = vscode.workspace.getConfiguration('perfwright');
    await settings.update('lenses.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await lenses(), []);
    } finally {
      await settings.update('lenses.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('another unit is another way to write the same', async () => {
    const settings = vscode.workspace.getConfiguration('perfwright');
    await settings.update('units', 'amount', vscode.ConfigurationTarget.Global);
    try {
      assert.match((await lenses())[0].title, /^[\d.]+ m?s total · [\d.]+ (m|n)?s self$/);
    } finally {
      await settings.update('units', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('every surface follows the value type and the thread', async () => {
    const { values, threads } = host.active.current!.overview;
    host.active.look({ value: values.findIndex(({ type }) => type === 'samples') });
    assert.match((await lenses())[0].title, /[\d.]+ (k )?samples?$/);
    const quiet = threads.findIndex(({ name }) => name !== 'planted-cpp');
    assert.ok(quiet >= 0, JSON.stringify(threads));
    host.active.look({ threads: [quiet] });
    assert.equal(await hover(), '', 'the other threads never run this line');
    host.active.look({ threads: null, value: host.active.current!.overview.defaultView.value });
    assert.match(await hover(), /\*\*total\*\*/);
  });

  test('a share is of the thread, or of all', async () => {
    const { threads } = host.active.current!.overview;
    const shareOf = async () => Number(/\*\*total\*\* \| ([\d.]+) %/.exec(await hover())?.[1]);
    const ofAll = await shareOf();
    host.active.look({ threads: [threads.findIndex(({ name }) => name === 'planted-cpp')] });
    assert.ok((await shareOf()) > ofAll);
    host.active.look({ shareOf: 'all' });
    assert.equal(await shareOf(), ofAll);
    host.active.look({ threads: null, shareOf: 'view' });
  });

  test('hot spots are functions by their own cost, with callers and callees below', async () => {
    const tree = new HotSpotTree(host);
    const [first] = await tree.getChildren();
    assert.ok(first.kind === 'spot');
    assert.match(first.place.name, /Matrix.*multiply/);
    const item = tree.getTreeItem(first);
    assert.match(String(item.description), /^[\d.]+ % · total [\d.]+ %$/);
    const sides = await tree.getChildren(first);
    assert.equal(sides.length, 2);
    const callers = await tree.getChildren(sides[0]);
    assert.ok(callers.some((caller) => caller.kind === 'spot' && caller.place.name.includes('main_work')));
  });

  test('below the hot spots stands what they may mislead about', async () => {
    const tree = new HotSpotTree(host);
    const last = (await tree.getChildren()).at(-1)!;
    assert.equal(tree.getTreeItem(last).label, 'What this may mislead about');
    const sentences = (await tree.getChildren(last)).map((note) => tree.getTreeItem(note).label);
    assert.ok(sentences.length > 0);
    assert.deepEqual(sentences, host.active.current?.overview.origin.mayMislead);
  });

  test('what is shown can be written in every format that is offered', async () => {
    const { session } = host.active.current!;
    assert.deepEqual(
      FORMATS.map(({ extension }) => extension),
      WRITERS.map(({ extension }) => extension),
    );
    for (const { extension } of FORMATS) {
      const file = join(workspaceFolder(), `exported${extension}`);
      await session.write(file, host.active.view!);
      assert.ok(statSync(file).size > 100, extension);
      rmSync(file);
    }
  });

  test('a source place of the recording is opened here', async () => {
    const file = host.active.current!.overview.files.find(({ path }) => path.endsWith('/c/libplanted.c'))!;
    await vscode.commands.executeCommand('perfwright.openSource', { file: file.path, line: 6 });
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.fsPath ?? '', /libplanted\.c$/);
    assert.equal(editor?.selection.active.line, 5);
    await vscode.window.showTextDocument(document);
  });

  test('a file that is being changed shows no costs and says so; undone, it shows them again', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// changed\n');
    await vscode.workspace.applyEdit(edit);
    assert.equal(await hover(planted + 1), '');
    const [first, ...others] = await lenses();
    assert.match(first.title, /^Not the text that was profiled: costs are not shown$/);
    assert.deepEqual(
      others.map(({ command }) => command),
      ['perfwright.showChangedFile', 'perfwright.profileAgain'],
    );
    await vscode.commands.executeCommand('undo');
    assert.match(await hover(), /\*\*total\*\*/);
  });

  test('a file that was changed and saved shows no costs, until the text is what it was', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// changed\n');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    assert.equal(await hover(planted + 1), '');
    await vscode.commands.executeCommand('undo');
    await document.save();
    assert.match(await hover(), /\*\*total\*\*/);
  });

  test('a person can have the costs of a changed file all the same', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(document.lineCount, 0), '// changed\n');
    await vscode.workspace.applyEdit(edit);
    assert.equal(await hover(), '');
    const offer = (await lenses()).find(({ command }) => command === 'perfwright.showChangedFile');
    assert.ok(offer);
    const path = (await host.sources.costs(document))!.recorded;
    await vscode.commands.executeCommand('perfwright.showChangedFile', path);
    assert.match(await hover(), /\*\*total\*\*/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('cleared, nothing is shown anywhere', async () => {
    await vscode.commands.executeCommand('perfwright.clear');
    assert.equal(host.active.current, undefined);
    assert.equal(await hover(), '');
    assert.deepEqual(await lenses(), []);
    assert.deepEqual(await new HotSpotTree(host).getChildren(), []);
  });

  test('commands that need a profile end without one', async () => {
    // Each says what to do first; what matters here is that none throws or hangs.
    for (const command of ['chooseValue', 'chooseThread', 'toggleInlines', 'toggleKernel', 'goToHottest', 'clear']) {
      await vscode.commands.executeCommand(`perfwright.${command}`);
    }
  });
});
