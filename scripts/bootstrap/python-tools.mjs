import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder, fillFolder } from './cache-folder.mjs';
import { mustRun } from './run-command.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * Programs from PyPI that tests start, put first on PATH: installed once, with their hashes checked, and kept in the cache by the hash of the
 * list of them. Python itself stays the machine's own.
 * @param {string} root the checkout
 */
export async function ensurePythonTools(root) {
  const list = join(root, 'test', 'support', 'bench', 'python', 'requirements.txt');
  const key = createHash('sha256').update(readFileSync(list)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), 'python-tools', `${key}-${process.arch}`);
  if (!PROGRAMS.every((name) => existsSync(join(folder, 'bin', name)))) {
    await ensureSystemPackages({ essential: ['python3', 'python3-venv'] });
    await fillFolder(folder, (unfinished) => install(list, unfinished, folder));
  }
  process.env.PATH = [join(folder, 'bin'), process.env.PATH].join(delimiter);
}

const PROGRAMS = ['py-spy'];

async function install(list, unfinished, folder) {
  console.log('Installing Python tools for the tests.');
  const environment = join(unfinished, 'environment');
  await mustRun('Making a Python environment', 'python3', ['-m', 'venv', environment], { quiet: true });
  const args = ['install', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes', '-r', list];
  await mustRun('Installing Python tools', join(environment, 'bin', 'pip'), args, { quiet: true });
  mkdirSync(join(unfinished, 'bin'));
  // They are programs of their own: only these are wanted on PATH, not the environment's Python.
  for (const name of PROGRAMS) symlinkSync(join(folder, 'environment', 'bin', name), join(unfinished, 'bin', name));
}
