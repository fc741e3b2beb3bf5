import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A program of inferno's, which is installed once with cargo into the cache; `undefined` where that can't be done. */
export function installedInferno(program: string): string | undefined {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'perfwright', 'inferno');
  const binary = join(folder, 'bin', program);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  spawnSync('cargo', ['install', 'inferno', '--locked', '--quiet', '--root', folder], { stdio: 'inherit' });
  return existsSync(binary) ? binary : undefined;
}
