// Makes the VSIX: builds, packs, and says how large our own code is.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureProduct } from './bootstrap/product.mjs';
import { mustRun } from './bootstrap/run-command.mjs';
import { ROOT, withBootstrap } from './bootstrap.mjs';

const LARGEST_OWN_CODE = 5_000_000;

await withBootstrap(import.meta.url, async () => {
  await ensureProduct(ROOT);
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const file = join('out', `${name}-${version}.vsix`);
  const vsce = join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    file,
  ];
  await mustRun('Making the folder', 'mkdir', ['-p', 'out'], { cwd: ROOT });
  await mustRun('Packing the extension', process.execPath, [vsce, ...args], { cwd: ROOT });
  const bytes = sizeOf(join(ROOT, 'dist'));
  console.log(`${file}; own code ${(bytes / 1e6).toFixed(2)} MB. Install it with: code --install-extension ${file}`);
  if (bytes < LARGEST_OWN_CODE) return 0;
  console.error(`Own code is larger than ${LARGEST_OWN_CODE / 1e6} MB.`);
  return 1;
});

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
  }, 0);
}
