import { closeSync, openSync, readSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { findOnPath } from './find-on-path.ts';
import { runToEnd } from './run.ts';

/**
 * The command line with the program itself in place of a version manager's stand-in for it. Such a shim (pyenv's, asdf's) is a shell
 * script that takes some tenths of a second to find what it runs; a profiler that looks for an interpreter meanwhile finds none. Where the
 * manager can't be asked it stays as it is.
 */
export async function withoutShim(
  argv: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const [program = '', ...args] = argv;
  const found = findOnPath(program, env, cwd);
  if (found.kind !== 'found' || basename(dirname(found.path)) !== 'shims') return argv;
  const manager = MANAGERS.find((name) => headOf(found.path).includes(name));
  if (manager === undefined) return argv;
  try {
    const out = await runToEnd([manager, 'which', basename(program)], { cwd, env, signal, timeoutMs: 10_000 });
    const path = out.stdout.trim();
    return out.exitCode === 0 && findOnPath(path, env, cwd).kind === 'found' ? [path, ...args] : argv;
  } catch {
    signal?.throwIfAborted();
    return argv;
  }
}

const MANAGERS = ['pyenv', 'nodenv', 'asdf', 'mise'] as const;

function headOf(path: string): string {
  const head = Buffer.alloc(1024);
  const file = openSync(path, 'r');
  try {
    return head.toString('latin1', 0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}
