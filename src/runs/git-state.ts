import { runToEnd } from '../tools/run.ts';

export interface GitState {
  /** Top folder of the work tree. */
  readonly root: string;
  /** Full hash; '' in a repository without a commit. */
  readonly commit: string;
  /** '' where no branch is checked out. */
  readonly branch: string;
  /** Paths from `root` of files that differ from the commit or are not tracked; at most MAX_DIRTY of them. */
  readonly dirty: readonly string[];
  /** Whether there are more than `dirty` tells. */
  readonly dirtyMore: boolean;
}

const MAX_DIRTY = 500;

/** The state of the repository a folder is in, or null where it is in none, or git isn't there. */
export async function gitState(folder: string, signal?: AbortSignal): Promise<GitState | null> {
  const git = async (...args: string[]) => {
    const argv = ['git', '-C', folder, ...HARMLESS, ...args];
    const out = await runToEnd(argv, { signal, timeoutMs: 10_000, env: { ...process.env, ...HARMLESS_ENV } });
    return out.exitCode === 0 ? out.stdout : undefined;
  };
  try {
    const root = (await git('rev-parse', '--show-toplevel'))?.replace(/\n$/, '');
    if (root === undefined) return null;
    const status = await git('status', '--porcelain=v2', '--branch', '-z', '--untracked-files=all', '--no-renames');
    if (status === undefined) return null;
    return { root, ...readStatus(status) };
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}

/**
 * The text of a file as a commit has it; undefined where that can't be had: another repository, a shallow clone, no git.
 * @param path from the root of the repository
 */
export async function committedText({ root, commit }: GitState, path: string): Promise<string | undefined> {
  const argv = ['git', '-C', root, ...HARMLESS, 'cat-file', 'blob', `${commit}:${path}`];
  try {
    const out = await runToEnd(argv, { timeoutMs: 10_000, env: { ...process.env, ...HARMLESS_ENV } });
    return out.exitCode === 0 ? out.stdout : undefined;
  } catch {
    return undefined;
  }
}

/** No program that the repository's own configuration names is run, and no lock is taken that a person's git would wait for. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
const HARMLESS_ENV = { GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };

/** Reads git-status(1) "Porcelain Format Version 2" with -z. */
function readStatus(status: string): Omit<GitState, 'root'> {
  let commit = '';
  let branch = '';
  const dirty: string[] = [];
  for (const entry of status.split('\0')) {
    if (entry.startsWith('# branch.oid ')) commit = entry.slice(13).replace('(initial)', '');
    else if (entry.startsWith('# branch.head ')) branch = entry.slice(14).replace('(detached)', '');
    else if (entry.startsWith('? ')) dirty.push(entry.slice(2));
    // 1 XY sub mH mI mW hH hI path, and u XY sub m1 m2 m3 mW h1 h2 h3 path
    else if (entry.startsWith('1 ')) dirty.push(entry.split(' ').slice(8).join(' '));
    else if (entry.startsWith('u ')) dirty.push(entry.split(' ').slice(10).join(' '));
  }
  const ours = dirty.filter((path) => !path.startsWith('.perfwright/') && !path.includes('/.perfwright/'));
  return { commit, branch, dirty: ours.slice(0, MAX_DIRTY), dirtyMore: ours.length > MAX_DIRTY };
}
