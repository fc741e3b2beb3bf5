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
    await panel.locator('.stacks .legend li').first().waitFor();
    const pictures = panel.locator('.pictures');
    // All of the time, and then a part of it in which boxes can be told apart.
    for (const key of ['0', '+', '+', '+', '+']) await pictures.press(key);
    await workbench.page.mouse.move(5, 5);
    await workbench.page.waitForTimeout(500);
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

/** A part of the line of the C++ sample on which about 60 % of its time is planted. */
export const PLANTED_LINE = 'sum += cell(row, k)';

const PROGRAM = 'planted-cpp';

async function openPlantedFile(workbench: Workbench): Promise<void> {
  await workbench.openFile('cpp/matrix.hpp', 34);
  await workbench.lens(/\d % total/).waitFor();
}
