import { join, relative } from 'node:path';

/**
 * Opens the recorded sample in VS Code without a display, and takes a picture of each thing there is to see.
 * @param {string} root the checkout
 * @param {import('./record-sample.mjs').Sample} sample
 */
export async function takePictures(root, { folder }) {
  const { openWorkbench } = await import('../../test/support/bench/workbench.ts');
  const { TOUR, TOUR_SETTINGS } = await import('../../test/support/bench/sample-tour.ts');
  console.log('\nThere is no desktop with VS Code here, so VS Code is started without one, for pictures.');
  const workbench = await openWorkbench({ folder, settings: TOUR_SETTINGS });
  try {
    const { row } = await workbench.view('Perfwright', 'Runs');
    await row('planted-cpp').click();
    await workbench.statusBar(/planted-cpp.*cpu-clock/).waitFor();
    for (const [name, go] of Object.entries(TOUR)) {
      await go(workbench);
      const file = join(root, 'out', 'start', `${name}.png`);
      await workbench.picture(file);
      console.log(relative(process.cwd(), file));
    }
  } finally {
    await workbench.close();
  }
}
