import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { REPOSITORY } from '../support/bench/repository.ts';
import { useWorkbench } from '../support/bench/use-workbench.ts';

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
  assert.ok(dark > light + 100, `text ${dark} bright in dark, ${light} in light`);
});

test('Copy Link to View and the others are in the palette', async () => {
  const offered = await bench.workbench.offeredCommands('Perfwright: ');
  for (const title of [
    'Save View…',
    'Open Saved View…',
    'Copy Link to View',
    'Copy as Command Line',
    'Copy Summary as Markdown',
  ]) {
    assert.ok(
      offered.some((one) => one.includes(title)),
      `${title} is not among ${offered.join(' · ')}`,
    );
  }
});
