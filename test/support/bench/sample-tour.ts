import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Workbench } from './workbench.ts';

/** Settings that leave room for what is to be seen. */
export const TOUR_SETTINGS = {
  'editor.fontSize': 11.5,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
};

/** What there is to see of the C++ sample when its recording is shown, by the picture's name. Each leaves it on screen. */
export const TOUR: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
  'annotated-source': async (workbench) => {
    await workbench.view('Perfwright', 'Hot Spots');
    await openPlantedFile(workbench);
    await workbench.page.mouse.move(5, 5);
    await workbench.page.waitForTimeout(500);
  },
  hover: async (workbench) => {
    await openPlantedFile(workbench);
    await workbench.hover(PLANTED_LINE, 'sum');
  },
  'hot-spots': async (workbench) => {
    await openPlantedFile(workbench);
    const { row } = await workbench.view('Perfwright', 'Hot Spots');
    const planted = row('Matrix');
    const isOpen = (await planted.getAttribute('aria-expanded')) === 'true';
    if (!isOpen) await planted.locator('.monaco-tl-twistie').click();
    await row('called from').waitFor();
    await workbench.page.mouse.move(5, 5);
  },
  'flame-graph': async (workbench) => {
    await workbench.runCommand('Perfwright: Open Flame Graph');
    const panel = await workbench.webview('Flame Graph');
    await panel.getByText(/samples · /).waitFor();
    await workbench.page.mouse.move(5, 5);
    await workbench.page.waitForTimeout(500);
  },
  'over-time': async (workbench) => {
    await workbench.runCommand('Perfwright: Open Over Time');
    const panel = await workbench.webview('Over Time');
    const pictures = panel.locator('.pictures');
    await pictures.waitFor();
    // In the next theme the heatmap may still be shown.
    if (await panel.locator('.gutter-note', { hasText: 'Each column is' }).isVisible()) await pictures.press('h');
    await panel.locator('.stacks .legend li').first().waitFor();
    // All of the time, and then a part of it in which boxes can be told apart.
    for (const key of ['0', '+', '+', '+', '+']) await pictures.press(key);
    await workbench.page.mouse.move(5, 5);
    await workbench.page.waitForTimeout(500);
  },
};

/** The other views of the same recording, for the pictures of the documentation. */
export const VIEWS: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
  'callers-and-callees': async (workbench) => {
    await workbench.runCommand('Perfwright: Open Flame Graph');
    const panel = await workbench.webview('Flame Graph');
    await panel.locator('.graph').first().focus();
    await workbench.page.keyboard.press('/');
    await workbench.page.keyboard.type('main_work');
    await workbench.page.keyboard.press('Enter');
    await panel.locator('.status-name', { hasText: 'main_work' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('w');
    await panel.locator('.halves').waitFor();
    await workbench.page.mouse.move(5, 5);
    await workbench.page.waitForTimeout(500);
  },
  'call-tree': async (workbench) => {
    await workbench.runCommand('Perfwright: Open Call Tree');
    const panel = await workbench.webview('Tables');
    await panel.getByRole('treegrid').focus();
    await workbench.page.keyboard.press('*');
    await showsHottest(workbench, panel);
  },
  'top-table': async (workbench) => {
    await workbench.runCommand('Perfwright: Open Top Table');
    const panel = await workbench.webview('Tables');
    await panel.getByRole('grid').focus();
    await showsHottest(workbench, panel);
  },
  'seconds-heatmap': async (workbench) => {
    await workbench.runCommand('Perfwright: Open Over Time');
    const panel = await workbench.webview('Over Time');
    await panel.locator('.pictures').press('h');
    await panel.locator('.gutter-note', { hasText: 'Each column is' }).waitFor();
    await workbench.page.mouse.move(5, 5);
    await workbench.page.waitForTimeout(500);
  },
  speedscope: async (workbench) => {
    await workbench.runCommand('Perfwright: Open in Speedscope');
    const panel = await workbench.webview('Speedscope');
    await panel.locator('.shown').waitFor();
    await workbench.page.mouse.move(5, 5);
    await workbench.page.waitForTimeout(1500);
  },
};

/** *Profile…*, as a person does it: chooses the built program, waits for it to end, sees its recording. */
export async function profileSample(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Perfwright: Profile…');
  await workbench.pick(`build/${PROGRAM}`);
  await workbench.statusBar(new RegExp(`${PROGRAM}.*cpu-clock`)).waitFor();
  // The first recording on a machine without hardware counters says so.
  await workbench.runCommand('Notifications: Clear All Notifications');
}

/**
 * Takes needless work out of the C++ sample, profiles it again, and compares the new recording with the one before it, as a person does.
 * @param folder the workspace
 */
export async function compareAfterChange(workbench: Workbench, folder: string): Promise<void> {
  const file = join(folder, 'cpp', 'main.cpp');
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(OVER_AND_OVER));
  writeFileSync(file, text.replace(OVER_AND_OVER, ONCE));
  const { status, stderr } = spawnSync('make', ['-C', folder], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  await workbench.runCommand('View: Close All Editors');
  await workbench.view('Perfwright', 'Runs');
  await workbench.runCommand('Perfwright: Profile Again');
  // Both have a figure when both are recorded and read.
  const done = workbench.page.locator('.monaco-list-row').filter({ hasText: new RegExp(`${PROGRAM}.*\\d m?s`) });
  await eventually(async () => assert.equal(await done.count(), 2));
  await workbench.page.waitForTimeout(2000);
  await workbench.runCommand('Perfwright: Compare With…');
  await workbench.pick(PROGRAM);
  const panel = await workbench.webview('Compare');
  await panel.locator('.status-frame').getByText('total').waitFor();
  // The sample works for three seconds, however much it gets done.
  await panel.getByRole('combobox', { name: 'By what the two are made comparable' }).click();
  await panel.getByRole('option', { name: 'To the same total', exact: true }).click();
  // What is gone has no width after.
  await panel.getByRole('combobox', { name: 'What widths are' }).click();
  await panel.getByRole('option', { name: 'Width: before', exact: true }).click();
  await workbench.page.waitForTimeout(1500);
  await workbench.page.mouse.move(5, 5);
}

/** A loop of the C++ sample that does the same ninety times over, and what can stand in its place. */
const OVER_AND_OVER = 'for (int i = 0; i < 90; i++) sum += outline.words();';
const ONCE = 'sum += 90 * outline.words();';

/** A part of the line of the C++ sample on which about 60 % of its time is planted. */
export const PLANTED_LINE = 'sum += cell(row, k)';

const PROGRAM = 'planted-cpp';

async function openPlantedFile(workbench: Workbench): Promise<void> {
  await workbench.openFile('cpp/matrix.hpp', 34);
  await workbench.lens(/\d % total/).waitFor();
}

/** Waits for the planted function in a table, with the pointer out of the picture. */
async function showsHottest({ page }: Workbench, panel: FrameLocator): Promise<void> {
  await panel
    .getByText(/multiply/)
    .first()
    .waitFor();
  await page.mouse.move(5, 5);
  await page.waitForTimeout(500);
}
