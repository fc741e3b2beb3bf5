// Feeds every importer with damaged files for a while: `npm run fuzz -- --seconds 600 --seed 1`. Each input must be read, or refused
// with an error that says why, within ten seconds and a bounded amount of memory. What breaks that is kept in out/fuzz/.
import { ROOT, withBootstrap } from './bootstrap.mjs';

await withBootstrap(import.meta.url, async () => {
  const { fuzz } = await import('./fuzz/fuzz.ts');
  return fuzz(ROOT, process.argv.slice(2));
});
