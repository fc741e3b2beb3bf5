// Compiles the kernels in src/core/kernels/assembly into the modules beside them; needed after a change of those.
import { ROOT, withBootstrap } from './bootstrap.mjs';

await withBootstrap(import.meta.url, async () => {
  const { compileKernels } = await import('./kernels.ts');
  await compileKernels(ROOT);
  return 0;
});
