#!/usr/bin/env node
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { createRequire, enableCompileCache } from 'node:module';
import { join } from 'node:path';

/** As package.json says. */
const LEAST_NODE = 24;

// Compiling the program takes as long as the rest of its start: it is done once. The folder is the user's own, for who can write to it
// can have what they like run.
refuseOldNode();
const folder = cacheFolder();
if (folder !== undefined) enableCompileCache(folder);
createRequire(import.meta.filename)('./cli-program.cjs');

function refuseOldNode(): void {
  if (Number.parseInt(process.versions.node, 10) >= LEAST_NODE) return;
  process.stderr.write(
    `perfwright: Node ${LEAST_NODE} or newer is needed, and this is ${process.versions.node}, ${process.execPath}. Install a newer one, or put it first on PATH.\n`,
  );
  process.exit(2);
}

function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, HOME } = process.env;
  let folder = XDG_CACHE_HOME || HOME;
  if (!folder) return undefined;
  try {
    for (const name of [...(XDG_CACHE_HOME ? [] : ['.cache']), 'perfwright', 'compiled']) {
      folder = join(folder, name);
      // Not all at once: where none can be made, such as in /proc, Node tries for ever.
      if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    }
    const { uid, mode } = statSync(folder);
    return uid === process.getuid?.() && (mode & 0o022) === 0 ? folder : undefined;
  } catch {
    return undefined;
  }
}
