// npm run test:desktop: the tests of test/editor in VS Code on a desktop. VS Code is downloaded once, or name one that is
// installed: npm run test:desktop -- --vscode /usr/share/code/code
import { ROOT, withBootstrap } from './bootstrap.mjs';

await withBootstrap(import.meta.url, async () => {
  const { Stop } = await import('./bootstrap/run-command.mjs');
  const { runLayers } = await import('./test/run-tests.mjs');
  const { LAYERS } = await import('./test/index.mjs');
  const { desktopTestHost } = await import('../test/support/bench/desktop-test-host.ts');
  const [option, executable, ...rest] = process.argv.slice(2);
  if ((option !== undefined && option !== '--vscode') || rest.length > 0) {
    throw new Stop('Use: npm run test:desktop -- [--vscode EXECUTABLE]', 2);
  }
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Stop(
      'There is no desktop here (no DISPLAY). The same tests run without one: npm test -- --only editor',
      3,
    );
  }
  const editor = LAYERS.find(({ name }) => name === 'editor');
  const startHost = desktopTestHost(executable);
  const desktop = {
    ...editor,
    name: 'desktop',
    needs: ['tools', 'product'],
    run: (context) => editor.run({ ...context, startHost }),
  };
  return runLayers(ROOT, [desktop]);
});
