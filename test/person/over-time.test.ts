import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { needTool } from '../support/need-tool.ts';

const bench = useWorkbench({ settings: { 'editor.minimap.enabled': false, 'editor.codeLens': true } });
const skip = needTool('perf');
const PLANTED_LINE = 'sum += cell(row, k)';

/** The amount behind the planted line, in milliseconds, when it is there and another than it was. */
async function cost(former = Number.NaN): Promise<number> {
  let text = '';
  for (let wait = 0; wait < 100; wait++) {
    text = await bench.workbench.endOfLine(PLANTED_LINE);
    const [, amount, unit] = / % · ([\d.]+) (ms|s)/.exec(text) ?? [];
    const now = Number(amount) * (unit === 's' ? 1000 : 1);
    if (amount !== undefined && now !== former) return now;
    await bench.workbench.page.waitForTimeout(100);
  }
  return assert.fail(`behind the line stands: ${text}`);
}

test('a range that is dragged in the panel is what the line costs; cleared, it costs what it did', {
  skip,
}, async () => {
  const { workbench, folder } = bench;
  const args = ['record', '-g', '-F', '999', '-e', 'cpu-clock', '-o', 'time.data', '--', 'build/planted-cpp', '2'];
  const { status, stderr } = spawnSync('perf', args, { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  await workbench.openFile('cpp/matrix.hpp', 34);
  await workbench.runCommand('Perfwright: Open Profile…');
  await workbench.pick('time.data');
  await workbench.statusBar('time.data').waitFor();
  const whole = await cost();

  await workbench.runCommand('Perfwright: Open Over Time');
  const panel = await workbench.webview('Over Time');
  await panel.locator('.stacks .legend li').first().waitFor();
  assert.match(await panel.locator('.track').first().innerText(), /planted-cpp/);
  const { x, y, width } = (await panel.locator('.plot canvas').nth(1).boundingBox())!;
  const { mouse } = workbench.page;
  await mouse.move(x + width * 0.25, y + 12);
  await mouse.down();
  await mouse.move(x + width * 0.4, y + 14, { steps: 4 });
  await mouse.move(x + width * 0.75, y + 14, { steps: 4 });
  await mouse.up();
  await panel.locator('.range-chip').waitFor();

  await workbench.openFile('cpp/matrix.hpp', 34);
  const half = await cost(whole);
  assert.ok(half < whole * 0.7 && half > whole * 0.3, `${half} ms of ${whole} ms in half of the time`);
  const again = await workbench.webview('Over Time');
  await again.locator('.range-chip').click();
  await again.locator('.range-chip').waitFor({ state: 'hidden' });
  await workbench.openFile('cpp/matrix.hpp', 34);
  assert.equal(await cost(half), whole);
});
