import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where what takes long to fetch is kept: outside the checkout, shared by all clones of this project.
 * @returns {string} an absolute path
 */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'perfwright');
}

/**
 * Fills a folder of the cache so that it is there whole or not at all: the work is done in a folder beside it, which
 * then gets the name. When two processes fill the same folder at once, the one that ends first wins.
 * @param {string} folder the folder to fill, inside the cache
 * @param {(unfinished: string) => Promise<void>} fill does the work in the folder it is given
 */
export async function fillFolder(folder, fill) {
  const parent = join(folder, '..');
  mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  const unfinished = join(parent, `${UNFINISHED}${process.pid}-${Date.now()}`);
  const remove = () => rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  process.once('exit', remove);
  try {
    await fill(unfinished);
    if (existsSync(folder)) {
      const old = join(parent, `${UNFINISHED}${process.pid}-${Date.now()}-old`);
      renameSync(folder, old);
      renameSync(unfinished, folder);
      rmSync(old, { recursive: true, force: true });
    } else {
      renameSync(unfinished, folder);
    }
  } finally {
    remove();
    process.removeListener('exit', remove);
  }
}

const UNFINISHED = '.unfinished-';

/** What a process that was killed in the middle of its work has left. */
function removeAbandoned(parent) {
  for (const name of readdirSync(parent)) {
    const pid = new RegExp(`^\\${UNFINISHED}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
