// npm start: from a fresh clone to the cost of each line of a sample program, seen in VS Code, or where there is no desktop in
// pictures of it. npm start -- --pictures takes the pictures on a desktop too.
import { ROOT, withBootstrap } from './bootstrap.mjs';

await withBootstrap(import.meta.url, async () => {
  const { start } = await import('./start/start.mjs');
  return start(ROOT, process.argv.slice(2));
});
