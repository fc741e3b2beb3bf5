import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, stop } from 'esbuild';
import { REPOSITORY } from './repository.ts';

/**
 * Bundles tests for the extension host, which knows neither TypeScript nor ES modules.
 * @param files of test/editor, relative to the checkout
 * @returns the file that VS Code is to run, beside which the bundled tests lie
 */
export async function bundleEditorTests(files: string[]): Promise<string> {
  // Inside the checkout, so that mocha is found from there.
  const folder = join(REPOSITORY, 'out', 'editor-tests');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entryPoints = [
    { in: join(REPOSITORY, 'test', 'support', 'bench', 'editor-suite.ts'), out: SUITE },
    ...files.map((file) => ({ in: join(REPOSITORY, file), out: basename(file, '.ts') })),
  ];
  await build({
    entryPoints,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    external: ['vscode', 'mocha'],
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  await stop();
  return join(folder, `${SUITE}.cjs`);
}

const SUITE = 'editor-suite';
