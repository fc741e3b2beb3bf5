import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readElfProgram } from './elf-program.ts';

/** A program that was built in a folder. */
export interface Executable {
  readonly path: string;
  readonly bytes: number;
  /** When it was built, in milliseconds since 1970. */
  readonly modifiedMs: number;
  /** Whether source lines can be told from the file itself. */
  readonly hasDebugInfo: boolean;
}

export interface Executables {
  /** The newest first. */
  readonly found: readonly Executable[];
  /** Whether a limit was reached, so that there may be more. */
  readonly more: boolean;
}

export interface SearchLimits {
  readonly depth?: number;
  /** Most files and folders looked at. */
  readonly entries?: number;
  readonly signal?: AbortSignal;
}

/**
 * Finds the ELF programs of a folder: files that may be executed and have an entry point, and aren't shared libraries or object files.
 * Links are not followed; of several names of one file the shortest path is given. What can't be read is left out.
 */
export async function findExecutables(folder: string, limits: SearchLimits = {}): Promise<Executables> {
  const { depth = 8, entries = 50_000, signal } = limits;
  const found = new Map<string, Executable>();
  let looked = 0;
  let more = false;
  let level = [folder];
  for (let at = 0; level.length > 0; at++) {
    const next: string[] = [];
    for (const parent of level) {
      for (const entry of await entriesOf(parent)) {
        signal?.throwIfAborted();
        if (++looked > entries) return { found: newestFirst(found), more: true };
        const path = join(parent, entry.name);
        if (entry.isDirectory() && !SKIPPED.has(entry.name)) next.push(path);
        else if (entry.isFile() && !/\.so(\.|$)/.test(entry.name)) await look(path, found);
      }
    }
    if (at === depth && next.length > 0) more = true;
    level = at === depth ? [] : next;
  }
  return { found: newestFirst(found), more };
}

/** Folders of other people's programs, and of those that build systems make to try out the compiler. */
const SKIPPED = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.perfwright',
  '.cache',
  '.venv',
  'venv',
  'CMakeFiles',
]);

async function look(path: string, found: Map<string, Executable>): Promise<void> {
  try {
    const about = await stat(path);
    if ((about.mode & 0o111) === 0 || about.size < MIN_BYTES) return;
    const program = await readElfProgram(path);
    if (program === undefined) return;
    const file = `${about.dev}:${about.ino}`;
    const other = found.get(file);
    if (other !== undefined && other.path.length <= path.length) return;
    found.set(file, { path, bytes: about.size, modifiedMs: about.mtimeMs, hasDebugInfo: program.hasDebugInfo });
  } catch {
    // Gone, or not to be read.
  }
}

/** An ELF header. */
const MIN_BYTES = 52;

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

function newestFirst(found: ReadonlyMap<string, Executable>): Executable[] {
  return [...found.values()].sort((a, b) => b.modifiedMs - a.modifiedMs);
}
