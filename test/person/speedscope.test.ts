import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { REPOSITORY } from '../support/bench/repository.ts';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { eventually } from '../support/eventually.ts';

const bench = useWorkbench();
const FOLDED = 'main;parse;scan 30\nmain;parse 10\nmain;draw;blend 60\n';

test('the profile that is open is shown by speedscope, in a panel', async () => {
  const { workbench, folder } = bench;
  writeFileSync(join(folder, 'small.folded'), FOLDED);
  await workbench.runCommand('Perfwright: Open Profile…');
  await workbench.pick('small.folded');
  await workbench.statusBar('small.folded').waitFor();
  await workbench.runCommand('Perfwright: Open in Speedscope');
  const frame = await workbench.webview('Speedscope');
  await frame.locator('footer.status').waitFor();
  await frame.getByText('Sandwich').click();
  const blend = frame.locator('tr').filter({ hasText: 'blend' }).first();
  await blend.waitFor();
  assert.match((await blend.innerText()).replace(/\s+/g, ' '), /60.*60%/);
  assert.match(await frame.locator('footer.status').innerText(), /small\.folded/);
});

test('it has the theme of the editor', async () => {
  const { workbench } = bench;
  const frame = await workbench.webview('Speedscope');
  await frame.getByText('Left Heavy').click();
  const brightness = async () => {
    const colour = await frame
      .locator('body > div')
      .last()
      .evaluate((root) => getComputedStyle(root).color);
    return Math.max(...[...colour.matchAll(/\d+/g)].map(([part]) => Number(part)).slice(0, 3));
  };
  await workbench.setTheme('dark');
  const dark = await brightness();
  await workbench.picture(join(REPOSITORY, 'out', 'pictures', 'speedscope-dark.png'));
  await workbench.setTheme('light');
  const light = await brightness();
  await workbench.picture(join(REPOSITORY, 'out', 'pictures', 'speedscope-light.png'));
  await workbench.setTheme('high-contrast');
  await workbench.picture(join(REPOSITORY, 'out', 'pictures', 'speedscope-high-contrast.png'));
  await workbench.setTheme('dark');
  assert.ok(dark > light + 100, `text ${dark} bright in dark, ${light} in light`);
});

test('it takes the current view when it is told to', async () => {
  const { workbench } = bench;
  await workbench.runCommand('Perfwright: Show or Fold Kernel Functions');
  const frame = await workbench.webview('Speedscope');
  await frame.getByText('The view has changed.').waitFor();
  await frame.getByText('Reload with the Current View').click();
  await frame.locator('.shown', { hasText: 'kernel as part of the system call' }).waitFor();
  await frame.getByText('The view has changed.').waitFor({ state: 'hidden' });
});

test('a view is saved, found again in the list, and deleted there', async () => {
  const { workbench } = bench;
  await workbench.runCommand('Perfwright: Save View…');
  await workbench.page.locator('.quick-input-widget input[placeholder="Name of the view"]').waitFor();
  await workbench.enter('without the kernel');
  await workbench.runCommand('Perfwright: Show or Fold Kernel Functions');
  await workbench.runCommand('Perfwright: Open Saved View…');
  await workbench.sees('of what is open');
  await workbench.picture(join(REPOSITORY, 'out', 'pictures', 'saved-views.png'));
  await workbench.pick('without the kernel');
  await workbench.runCommand('Perfwright: Copy as Command Line');
  await workbench.statusBar('Command line copied').waitFor();
  const row = workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'without the kernel' });
  // A list closes when the window's focus goes elsewhere, as it may where the last command has just ended: then a person opens it again.
  await eventually(async () => {
    if (!(await row.isVisible())) await workbench.runCommand('Perfwright: Open Saved View…');
    await row.waitFor({ timeout: 10_000 });
    await row.hover({ timeout: 5000 });
    await row.locator('.codicon-trash').click({ timeout: 5000 });
  }, 60_000);
  await row.waitFor({ state: 'hidden' });
});
