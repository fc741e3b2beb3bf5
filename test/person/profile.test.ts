import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { PLANTED_LINE, profileSample, TOUR_SETTINGS } from '../support/bench/sample-tour.ts';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { cli } from '../support/cli.ts';
import { must } from '../support/compiled-program.ts';
import { needTool } from '../support/need-tool.ts';

const bench = useWorkbench({ settings: TOUR_SETTINGS });
const skip = needTool('perf');

test('Profile… records the program that is chosen, and shows its recording', { skip }, async () => {
  const { workbench } = bench;
  await profileSample(workbench);
  const { row } = await workbench.view('Perfwright', 'Runs');
  assert.match(await row('planted-cpp').innerText(), /shown/);
});

test('Go to Hottest Line opens the planted line, with its cost behind it', { skip }, async () => {
  const { workbench } = bench;
  await workbench.runCommand('Perfwright: Go to Hottest Line');
  await workbench.statusBar('Ln 34').waitFor();
  await workbench.lens(/\d % total/).waitFor();
  assert.match(await workbench.endOfLine(PLANTED_LINE), /[\d.]+ % · [\d.]+ m?s\s+self [\d.]+ %/);
});

test('a search in the flame graph tells the share of what it finds', { skip: needTool('perf', 'go') }, async () => {
  const { workbench } = bench;
  await workbench.runCommand('Perfwright: Open Flame Graph');
  const panel = await workbench.webview('Flame Graph');
  await panel.getByText(/samples · /).waitFor();
  await panel.getByRole('search').getByRole('textbox').fill('fold_block');
  await panel.locator('.status-matches', { hasText: '%' }).waitFor();
  const found = await panel.locator('.status-matches').innerText();
  const share = Number(/([\d.]+) %/.exec(found)?.[1]);
  const theirs = await shareByPprof(bench.folder, 'fold_block');
  assert.ok(Math.abs(share - theirs) <= 0.0501, `${found}; by go tool pprof ${theirs} %`);
});

test('a source line is shown in the flame graph', { skip }, async () => {
  const { workbench } = bench;
  await workbench.openFile('cpp/matrix.hpp', 34);
  await workbench.runCommand('Perfwright: Show in Flame Graph');
  const panel = await workbench.webview();
  await panel.locator('.status-name', { hasText: 'multiply' }).waitFor();
});

test('what was shown is shown again after the window was reloaded', { skip }, async () => {
  const { workbench } = bench;
  // A VS Code in a browser writes down what is open every five seconds, when it is idle, and not as it is closed.
  await delay(8000);
  await workbench.reload();
  await workbench.statusBar(/planted-cpp.*cpu-clock/).waitFor();
  const panel = await workbench.webview('Flame Graph');
  await panel.getByText(/samples · /).waitFor();
});

test('Stop ends a long program and shows what was recorded', { skip }, async () => {
  const { workbench } = bench;
  await workbench.runCommand('Perfwright: Profile…');
  await workbench.pick('Type a command…');
  await workbench.enter('build/planted-c 600');
  const recording = workbench.statusBar(/planted-c · 0:0[2-9]/);
  await recording.click();
  await workbench.statusBar(/planted-c .*cpu-clock/).waitFor();
});

test('a program that does not exist is named, and nothing is recorded', { skip }, async () => {
  const { workbench } = bench;
  await workbench.runCommand('Perfwright: Profile…');
  await workbench.pick('Type a command…');
  await workbench.enter('build/no-such-program');
  await workbench.notification('no-such-program').waitFor();
  const { row } = await workbench.view('Perfwright', 'Runs');
  assert.equal(await row('no-such-program').count(), 0);
});

/** Share of the last run, in percent with two decimals, that has a function of that name in its stack: as go tool pprof counts. */
async function shareByPprof(folder: string, pattern: string): Promise<number> {
  const file = join(folder, 'searched.pb.gz');
  const { code, err } = await cli(folder, ['convert', 'latest', file]);
  assert.equal(code, 0, err);
  const text = must(['go', 'tool', 'pprof', '-symbolize=none', '-top', '-trim=false', `-focus=${pattern}`, file]);
  return Number(/accounting for \S+, ([\d.]+)% of/.exec(text)?.[1]);
}
