import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { findOnPath } from './find-on-path.ts';

export type RunFailureKind =
  | 'not-found'
  | 'not-executable'
  | 'bad-working-directory'
  | 'not-started'
  | 'timed-out'
  | 'too-much-output';

/** A program could not be started, or had to be ended. The message says what happened, why, and the next step. */
export class RunFailure extends Error {
  readonly kind: RunFailureKind;
  readonly argv: readonly string[];

  constructor(kind: RunFailureKind, argv: readonly string[], message: string) {
    super(message);
    this.name = 'RunFailure';
    this.kind = kind;
    this.argv = argv;
  }
}

/**
 * What is in the way of starting `argv` in `cwd`, looked up in the file system, since the system call says ENOENT for a missing program,
 * a missing interpreter and a missing working directory alike. undefined where nothing can be seen.
 */
export function startProblem(
  argv: readonly string[],
  cwd: string | undefined,
  env: NodeJS.ProcessEnv,
): RunFailure | undefined {
  const program = argv[0] ?? '';
  if (cwd !== undefined && !isFolder(cwd)) {
    return new RunFailure(
      'bad-working-directory',
      argv,
      `${show(program)} was not started: its working directory ${cwd} is not a folder. Create it or choose another.`,
    );
  }
  const found = findOnPath(program, env, cwd);
  if (found.kind === 'not-found') {
    const where = program.includes('/') ? 'there is no such file' : 'no folder on PATH has it';
    const next = program.includes('/') ? 'Build it or correct the path.' : 'Install it or give its full path.';
    return new RunFailure('not-found', argv, `${show(program)} was not found: ${where}. ${next}`);
  }
  return found.kind === 'not-executable'
    ? new RunFailure('not-executable', argv, notExecutable(found.path))
    : undefined;
}

/** The failure for a program that the system did not start. @param cause what was said against it, if anything */
export function startFailure(
  argv: readonly string[],
  cwd: string | undefined,
  env: NodeJS.ProcessEnv,
  cause?: string,
): RunFailure {
  const problem = startProblem(argv, cwd, env);
  if (problem !== undefined) return problem;
  const why =
    cause === undefined
      ? 'the system refused. If it is a script, its first line may name an interpreter that is not there; if not, the limit on processes or open files may be reached.'
      : `${cause}.`;
  return new RunFailure('not-started', argv, `${show(argv[0] ?? '')} was not started: ${why}`);
}

function notExecutable(path: string): string {
  if (isFolder(path)) return `${path} is a folder, not a program. Name the program in it.`;
  return `${path} may not be executed: its mode lacks the right, or its file system is mounted noexec. \`chmod +x ${basename(path)}\` gives it the right; if it is a script, start its interpreter with it as the argument.`;
}

function show(program: string): string {
  return program === '' ? 'The empty name' : program;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
