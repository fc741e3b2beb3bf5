// npm test: every layer of tests, from whatever state the machine and the checkout are in.
//   npm test
//   npm test -- --only unit                  one layer of scripts/test/index.mjs
//   npm test -- --only unit test/core        of that layer, the files in a folder (or single files)
import { ROOT, withBootstrap } from './bootstrap.mjs';

await withBootstrap(import.meta.url, async () => {
  const { runTests } = await import('./test/run-tests.mjs');
  return runTests(ROOT, process.argv.slice(2));
});
