// Measures what the project claims of its speed and memory, each against a peer in the same run: `npm run bench -- [NAME…]`.

import { ensureProduct } from './bootstrap/product.mjs';
import { ROOT, withBootstrap } from './bootstrap.mjs';

await withBootstrap(import.meta.url, async () => {
  await ensureProduct(ROOT);
  const { bench } = await import('./bench/bench.ts');
  return bench(ROOT, process.argv.slice(2));
});
