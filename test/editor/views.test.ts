import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { openSavedView } from '../../src/features/views/choose-view.ts';
import { openLink } from '../../src/features/views/open-link.ts';
import { SavedViews } from '../../src/features/views/saved-views.ts';
import type { Host } from '../../src/host/host.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';

const SCRIPT = `program  100/100  1.000000:  1000000 cpu-clock:
\t            1010 leaf+0x10 (/tmp/program)
\t            2010 main+0x10 (/tmp/program)

worker  100/101  1.002000:  2000000 page-faults:
\t            1010 leaf+0x10 (/tmp/program)

`;

suite('views', () => {
  let host: Host;
  let path: string;
  const outside = mkdtempSync(join(tmpdir(), 'perfwright outside '));
  const look = () =>
    host.active.look({ value: 1, threads: [1], kernel: false, operations: [{ op: 'focus', pattern: 'a&b|leaf' }] });
  const open = (file = path) => vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(file));
  const copied = async (command: string) => {
    await vscode.commands.executeCommand(command);
    return vscode.env.clipboard.readText();
  };
  const link = (data: unknown) => ({
    path: '/view',
    query: `data=${Buffer.from(JSON.stringify(data)).toString('base64url')}`,
  });
  const plainView = {
    value: { type: 'cpu-clock', unit: 'nanoseconds' },
    threads: null,
    inlines: true,
    kernel: true,
    operations: [],
  };
  const refused = () => assert.fail('nobody is to be asked');

  suiteSetup(async () => {
    host = await editorHost();
    mkdirSync(join(workspaceFolder(), 'profiles'), { recursive: true });
    path = join(workspaceFolder(), 'profiles', 'a & b.txt');
    writeFileSync(path, SCRIPT);
    writeFileSync(join(outside, 'outside.txt'), SCRIPT);
    await open();
    assert.equal(host.active.current?.path, path);
  });

  suiteTeardown(async () => {
    rmSync(outside, { recursive: true });
    rmSync(join(workspaceFolder(), 'profiles'), { recursive: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    host.active.show(undefined);
  });

  test('a link that was copied opens the recording in the same view', async () => {
    await open();
    look();
    const { view } = host.active;
    const uri = vscode.Uri.parse(await copied('perfwright.copyLink'));
    assert.equal(uri.scheme, vscode.env.uriScheme);
    assert.equal(uri.authority, 'perfwright.perfwright');
    host.active.look({ value: 0, threads: null, operations: [] });
    assert.deepEqual(await openLink(host, uri, refused), []);
    assert.deepEqual(host.active.view, view);
    host.active.show(undefined);
    assert.deepEqual(await openLink(host, uri, refused), []);
    assert.equal(host.active.current?.path, path);
    assert.deepEqual(host.active.view, view);
  });

  test('a link and a saved view lead to where one was in the flame graph', async () => {
    const saved = new SavedViews(host.context.workspaceState);
    await open();
    host.active.look({ value: 0, threads: null, kernel: true, operations: [] });
    const places = { zoom: { path: ['main'], window: { left: 0, right: 1 } }, selected: ['main', 'leaf'] };
    host.active.current!.places = places;
    const uri = vscode.Uri.parse(await copied('perfwright.copyLink'));
    await vscode.commands.executeCommand('perfwright.views.save', 'zoomed');
    const [mine] = saved.of({ path });
    for (const show of [() => openLink(host, uri, refused), () => openSavedView(host, mine)]) {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      host.active.show(undefined);
      assert.deepEqual(await show(), []);
      // The page says where it is.
      assert.deepEqual(
        await until(
          () => host.active.current?.places,
          (now) => now?.selected.length,
        ),
        places,
      );
    }
    await saved.delete(mine);
  }).timeout(60_000);

  test('what of a link isn’t known is left out and said', async () => {
    const said = await openLink(
      host,
      link({
        file: 'profiles/a & b.txt',
        view: {
          ...plainView,
          value: { type: 'cycles', unit: 'count' },
          threads: [{ pid: 1, tid: 1, name: '__proto__' }],
          operations: [
            { op: 'rm' },
            { op: 'focus', pattern: '(' },
            { op: '__proto__' },
            7,
            null,
            { op: 'hide', pattern: 'x' },
          ],
        },
      }),
      refused,
    );
    assert.deepEqual(host.active.view?.operations, [{ op: 'hide', pattern: 'x' }]);
    assert.equal(host.active.view?.threads, null);
    assert.equal(said.length, 3);
    assert.match(said.join('\n'), /no value "cycles".*no thread "__proto__".*5 of its operations/s);
  });

  test('a link out of the open folders is refused, or opened only where the person says so', async () => {
    const before = host.active.current;
    const file = join(outside, 'outside.txt');
    for (const wrong of ['../../../etc/passwd', '..', '.', 'profiles/../../x', '']) {
      await assert.rejects(openLink(host, link({ file: wrong, view: plainView }), refused), { name: 'Problem' }, wrong);
    }
    const asked: string[] = [];
    const answer = (yes: boolean) => async (what: string) => {
      asked.push(what);
      return yes;
    };
    await assert.rejects(openLink(host, link({ file, view: plainView }), answer(false)), { name: 'Canceled' });
    symlinkSync(file, join(workspaceFolder(), 'profiles', 'inside.txt'));
    await assert.rejects(openLink(host, link({ file: 'profiles/inside.txt', view: plainView }), answer(false)), {
      name: 'Canceled',
    });
    assert.deepEqual(asked, [file, file]);
    assert.equal(host.active.current, before);
    await openLink(host, link({ file, view: plainView }), answer(true));
    assert.equal(host.active.current?.path, file);
    await open();
  });

  test('a link to no file, to nothing, to a run that isn’t there or with something else opens nothing', async () => {
    const before = host.active.current;
    const { view } = host.active;
    const yes = async () => true;
    for (const wrong of [
      link({ file: '/dev/zero', view: plainView }),
      link({ file: workspaceFolder(), view: plainView }),
      link({ file: 'profiles', view: plainView }),
      link({ file: 'nowhere.data', view: plainView }),
      link({ file: 'profiles/a & b.txt', folder: 'another', view: plainView }),
      link({ run: '../../etc', view: plainView }),
      link({ run: 'latest', view: plainView }),
      link({ run: '20260131-142305-123-k7f2qx', view: plainView }),
      link({ file: 'profiles/a & b.txt', view: { ...plainView, threads: 3 } }),
      { path: '/view', query: '' },
      { path: '/run', query: link({ file: path, view: plainView }).query },
    ]) {
      await assert.rejects(openLink(host, wrong, yes), { name: 'Problem' }, JSON.stringify(wrong));
    }
    assert.equal(host.active.current, before);
    assert.equal(host.active.view, view);
  });

  test('a view is saved under a name, found again, replaced and deleted', async () => {
    const saved = new SavedViews(host.context.workspaceState);
    await open();
    look();
    const { view } = host.active;
    await vscode.commands.executeCommand('perfwright.views.save', 'leaf only');
    await vscode.commands.executeCommand('perfwright.views.save', 'leaf only');
    const [mine, ...others] = saved.of({ path });
    assert.deepEqual(others, []);
    host.active.show(undefined);
    assert.deepEqual(await openSavedView(host, mine), []);
    assert.equal(host.active.current?.path, path);
    assert.deepEqual(host.active.view, view);
    await saved.delete(mine);
    assert.deepEqual(saved.of({ path }), []);
  });

  test('what another version stored as views is no trouble', async () => {
    const state = new Map<string, unknown>([
      ['perfwright.views', [null, 3, {}, { name: 'x', recording: { path: 1 } }]],
    ]);
    const memento = { get: (key: string) => state.get(key), update: async () => {}, keys: () => [] };
    assert.deepEqual(new SavedViews(memento as unknown as vscode.Memento).all(), []);
  });

  test('the command line of a view is copied', async () => {
    await open();
    look();
    assert.equal(
      await copied('perfwright.copyCommandLine'),
      `perfwright top '${path}' --value 'cpu-clock samples' --thread 101 --no-kernel --focus 'a&b|leaf'`,
    );
  });

  test('the summary has the figures, and VS Code’s own Markdown finds no link and no HTML in it', async () => {
    const name = '<img src=x> [a](command:b) https://evil.example/ @all|`x';
    const file = join(workspaceFolder(), 'profiles', 'names.folded');
    writeFileSync(file, `main 1\nmain;${name} 3\n`);
    await open(file);
    const markdown = await copied('perfwright.copySummary');
    assert.match(markdown, /^### `names\.folded`/);
    assert.match(markdown, /\| 25\.0 % \| 1 \| 100 % \| 4 \| `main` /);
    const html = await vscode.commands.executeCommand<string>('markdown.api.render', markdown);
    assert.doesNotMatch(html, /<a\b|<img|href=/);
    const shown = name.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    assert.ok(html.includes(`<code>${shown}</code>`), html);
  });

  test('Open in Speedscope opens its panel', async () => {
    await open();
    await vscode.commands.executeCommand('perfwright.speedscope.open');
    const isOpen = () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('perfwright.speedscope'),
        );
    assert.ok(await until(isOpen, Boolean));
  });
});
