import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { GitState } from './git-state.ts';
import type { SourceCopy } from './run.ts';

/**
 * Copies the text of files that differ from the commit into a run's folder, as `sources/<sha256>`. Files that aren't text or lie outside
 * the workspace folder are left out, and those beyond the limits. One that can't be read is left out too: a recording doesn't fail for it.
 */
export async function copyDirtySources(
  git: GitState | null,
  workspaceFolder: string,
  runFolder: string,
): Promise<SourceCopy[]> {
  const copies: SourceCopy[] = [];
  let bytes = 0;
  for (const dirty of git?.dirty ?? []) {
    const from = join(git?.root ?? '', dirty);
    const path = relative(workspaceFolder, from);
    if (path.startsWith(`..${sep}`) || copies.length === MAX_FILES) continue;
    try {
      const about = await lstat(from);
      if (!about.isFile() || about.size > MAX_FILE_BYTES || bytes + about.size > MAX_BYTES) continue;
      const text = await readFile(from);
      if (text.includes(0)) continue;
      const sha256 = createHash('sha256').update(text).digest('hex');
      const file = `sources/${sha256}`;
      await mkdir(join(runFolder, 'sources'), { recursive: true });
      await writeFile(join(runFolder, file), text);
      bytes += text.length;
      copies.push({ path: path.split(sep).join('/'), sha256, file });
    } catch {
      // Deleted, or not to be read.
    }
  }
  return copies;
}

const MAX_FILES = 200;
const MAX_FILE_BYTES = 1 << 20;
const MAX_BYTES = 16 << 20;
