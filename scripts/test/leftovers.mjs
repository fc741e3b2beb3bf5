import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Watches what is started and written from now on: processes carry a mark in their environment, and temporary files
 * go to a folder of their own. end() removes both and tells what should not have been there.
 * @returns {{end: () => Promise<string[]>}} one line for each process or file that was left behind
 */
export function watchLeftovers() {
  const before = { mark: process.env[MARK], folder: process.env.TMPDIR };
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-test-'));
  const mark = `${process.pid}-${Date.now()}`;
  process.env[MARK] = mark;
  process.env.TMPDIR = folder;
  const end = async () => {
    restore(MARK, before.mark);
    restore('TMPDIR', before.folder);
    const left = [...(await leftProcesses(mark)), ...leftFiles(folder)];
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    return left;
  };
  return { end };
}

const MARK = 'PERFWRIGHT_TEST_MARK';

/** How long something that was told to end may take. */
const GRACE_MS = 3000;

/** What Node and VS Code's TypeScript keep in the temporary folder between their runs, by intent. */
const CACHES = /^(node-compile-cache|vscode-typescript\d+)$/;

function restore(name, value) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

async function leftProcesses(mark) {
  const deadline = Date.now() + GRACE_MS;
  let left = marked(mark);
  while (left.length > 0 && Date.now() < deadline) {
    await delay(100);
    left = marked(mark);
  }
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
  return left.map(({ pid, commandLine }) => `process ${pid}: ${commandLine}`);
}

function marked(mark) {
  const found = [];
  for (const pid of readdirSync('/proc').map(Number)) {
    if (Number.isNaN(pid) || pid === process.pid) continue;
    try {
      // The environment of a process that has ended but wasn't waited for is empty.
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${MARK}=${mark}`)) continue;
      found.push({ pid, commandLine: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() });
    } catch {
      // It has ended, or is another user's.
    }
  }
  return found;
}

function leftFiles(folder) {
  return readdirSync(folder)
    .filter((name) => !CACHES.test(name))
    .map((name) => `${name} in the temporary folder`);
}
