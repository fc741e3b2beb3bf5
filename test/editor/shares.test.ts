import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { openSavedView } from '../../src/features/views/choose-view.ts';
import { openLink } from '../../src/features/views/open-link.ts';
import { SavedViews } from '../../src/features/views/saved-views.ts';
import { costText } from '../../src/host/cost-text.ts';
import type { Host } from '../../src/host/host.ts';
import { editorHost, workspaceFolder } from '../support/editor-host.ts';
import { replaced } from '../support/replaced.ts';

suite('what shares are of', () => {
  let host: Host;
  const path = () => join(workspaceFolder(), 'shares.folded');
  const toggle = () => vscode.commands.executeCommand('perfwright.toggleShareOf');
  const whole = async () => {
    const { active } = host;
    const text = costText(active, await active.current!.session.ask('measure', { view: active.view! }))!;
    return [text.wholeName, text.whole];
  };

  suiteSetup(async () => {
    host = await editorHost();
    writeFileSync(path(), 'main;a 1\nmain;b 3\n');
  });
  setup(async () => {
    host.active.show(undefined);
    await vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(path()));
  });
  suiteTeardown(() => {
    host.active.show(undefined);
    rmSync(path());
  });

  test('is all or what is in view where a filter is on, and is called so', async () => {
    host.active.look({ operations: [{ op: 'focus', pattern: '^a$' }] });
    assert.deepEqual(await whole(), ['what is in view', 1]);
    await toggle();
    assert.equal(host.active.shareOf, 'all');
    assert.deepEqual(await whole(), ['all', 4]);
    await toggle();
    assert.equal(host.active.shareOf, 'view');
  });

  test('can’t be chosen where everything is in view, and the next steps are offered', async () => {
    const said: string[] = [];
    const show = async (...texts: string[]) => void said.push(...texts);
    const instead = show as unknown as typeof vscode.window.showInformationMessage;
    await replaced(vscode.window, 'showInformationMessage', instead, async () => void (await toggle()));
    assert.equal(host.active.shareOf, 'view');
    assert.deepEqual(said.slice(1), ['Choose Thread…', 'Add Filter…']);
    assert.deepEqual(await whole(), ['all', 4]);
  });

  test('comes back with a link and with a saved view', async () => {
    const saved = new SavedViews(host.context.workspaceState);
    const operations = [{ op: 'focus', pattern: '^a$' }] as const;
    for (const shareOf of ['all', 'view'] as const) {
      host.active.look({ operations, shareOf });
      await vscode.commands.executeCommand('perfwright.copyLink');
      const uri = vscode.Uri.parse(await vscode.env.clipboard.readText());
      await vscode.commands.executeCommand('perfwright.views.save', `shares of ${shareOf}`);
      const [mine] = saved.of({ path: path() });
      for (const show of [() => openLink(host, uri, async () => false), () => openSavedView(host, mine)]) {
        host.active.look({ operations: [], shareOf: shareOf === 'all' ? 'view' : 'all' });
        assert.deepEqual(await show(), []);
        assert.equal(host.active.shareOf, shareOf);
      }
      await saved.delete(mine);
    }
  });
});
