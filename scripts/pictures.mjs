// Makes the pictures of the README and of docs/views.md, docs/pictures/NAME-THEME.png, as a person would: starts VS Code, profiles the C++ sample from
// the palette, and looks at each thing in each theme. node scripts/pictures.mjs
import { join } from 'node:path';
import { ensureProduct } from './bootstrap/product.mjs';
import { ROOT, withBootstrap } from './bootstrap.mjs';

await withBootstrap(import.meta.url, async () => {
  await ensureProduct(ROOT);
  const { openWorkbench } = await import('../test/support/bench/workbench.ts');
  const { sampleWorkspace } = await import('../test/support/bench/sample-workspace.ts');
  const { compareAfterChange, profileSample, TOUR, TOUR_SETTINGS, VIEWS } = await import(
    '../test/support/bench/sample-tour.ts'
  );
  const { THEMES } = await import('../test/support/bench/themes.ts');

  const sample = sampleWorkspace();
  const picture = (name, theme) => join(ROOT, 'docs', 'pictures', `${name}-${theme}.png`);
  const workbench = await openWorkbench({ folder: sample.folder, settings: TOUR_SETTINGS });
  try {
    await profileSample(workbench);
    for (const theme of Object.keys(THEMES)) {
      await workbench.setTheme(theme);
      for (const [name, go] of Object.entries({ ...TOUR, ...VIEWS })) {
        await go(workbench);
        await workbench.picture(picture(name, theme));
      }
    }
    await compareAfterChange(workbench, sample.folder);
    for (const theme of Object.keys(THEMES)) {
      await workbench.setTheme(theme);
      await workbench.picture(picture('compare', theme));
    }
  } finally {
    await workbench.close();
    sample.remove();
  }
  return 0;
});
