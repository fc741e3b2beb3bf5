import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, resolve } from 'node:path';

/** What stands at a program's name: the file that would run, or why none would. */
export type Found =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-executable'; readonly path: string };

/**
 * The file that runs when `program` is started: a name without a slash is searched on PATH, anything else is a path from `cwd`.
 * Where PATH has only files of that name that may not be executed, the first of them is named.
 */
export function findOnPath(program: string, env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): Found {
  if (program === '') return { kind: 'not-found' };
  if (program.includes('/')) return look(isAbsolute(program) ? program : resolve(cwd, program));
  let refused: Found = { kind: 'not-found' };
  for (const folder of (env['PATH'] ?? DEFAULT_PATH).split(delimiter)) {
    const found = look(resolve(cwd, folder, program));
    if (found.kind === 'found') return found;
    if (found.kind === 'not-executable' && refused.kind === 'not-found') refused = found;
  }
  return refused;
}

/** What the C library searches where PATH isn't set (confstr(_CS_PATH)). */
const DEFAULT_PATH = '/bin:/usr/bin';

function look(path: string): Found {
  let isFile: boolean;
  try {
    isFile = statSync(path).isFile();
  } catch {
    return { kind: 'not-found' };
  }
  if (!isFile) return { kind: 'not-executable', path };
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return { kind: 'not-executable', path };
  }
  return { kind: 'found', path };
}
