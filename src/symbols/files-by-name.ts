import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Paths of the files below some folders, by name. Links are not followed; what is never a person's source is left out, and so is what
 * is beyond `most` files.
 */
export async function filesByName(
  folders: readonly string[],
  most = MOST_FILES,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  const waiting = [...folders];
  let count = 0;
  for (let folder = waiting.shift(); folder !== undefined && count < most; folder = waiting.shift()) {
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) waiting.push(path);
      } else if (entry.isFile()) {
        count++;
        const same = found.get(entry.name);
        if (same) same.push(path);
        else found.set(entry.name, [path]);
      }
    }
  }
  return found;
}

const MOST_FILES = 300_000;
const SKIPPED = new Set(['.git', '.hg', '.svn', '.perfwright', 'node_modules']);

/** What is in a folder; nothing where it can't be read. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
