import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles read-recording.ts into a folder as the product's own code is bundled, so that a process that reads a file doesn't first strip the
 * types of a hundred modules. Gives the script's path.
 */
export async function bundledReader(folder: string): Promise<string> {
  const outfile = join(folder, 'read-recording.mjs');
  await build({
    entryPoints: [new URL('./read-recording.ts', import.meta.url).pathname],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
  });
  return outfile;
}
