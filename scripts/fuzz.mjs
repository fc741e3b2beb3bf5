// Feeds every importer with wrong files: each must be read, or refused with an error that says why, within a second of the processor and
// a bounded amount of memory. What breaks that is kept in out/fuzz/.
//   npm run fuzz -- --seconds 600                      for a while; 60 seconds unless told otherwise
//   npm run fuzz -- --inputs 100000 --seed 1           so many of each format; what is made depends on the seed alone
//   npm run fuzz -- --format jfr --format folded       of these formats only
//   npm run fuzz -- --cuts [--step 10]                 cuts every file of the corpus and every fixture at every byte, or every tenth
//   npm run fuzz -- --reach --inputs 2000              how much of the importers' code is reached, against damaged bytes alone
//   npm run fuzz -- --shrink [--format jfr]            makes the small files in scripts/fuzz/seeds of the tests' fixtures again
import { ROOT, withBootstrap } from './bootstrap.mjs';

await withBootstrap(import.meta.url, async () => {
  const { fuzz } = await import('./fuzz/fuzz.ts');
  return fuzz(ROOT, process.argv.slice(2));
});
