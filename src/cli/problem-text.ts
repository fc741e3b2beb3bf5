import { EXIT, MissingRight } from './command.ts';

/** An error as a person is told it, and the exit code for it. */
export function problemOf(error: unknown): { readonly text: string; readonly exit: number } {
  if (!(error instanceof Error)) return { text: String(error), exit: EXIT.failed };
  if (error instanceof MissingRight) return { text: error.message, exit: EXIT.missing };
  if (error.name === 'AbortError') return { text: 'Cancelled.', exit: EXIT.cancelled };
  if (INPUT_ERRORS.includes(error.name)) return { text: error.message, exit: EXIT.usage };
  const { code = '', path = '', syscall = '' } = error as NodeJS.ErrnoException;
  const reason = systemReason(error);
  if (reason === undefined) return { text: error.message, exit: EXIT.failed };
  const what = path === '' ? `The call ${syscall} failed` : `${path} can't be ${DONE[syscall] ?? 'used'}`;
  return { text: `${what}: ${reason}.`, exit: INPUT_CODES.includes(code) ? EXIT.usage : EXIT.failed };
}

/** Why the system refused, in words that go on after a colon; undefined where the error isn't the system's, or the words aren't known. */
export function systemReason(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
}

const INPUT_ERRORS = [
  'UsageError',
  'MalformedInput',
  'UnrecognisedInput',
  'MalformedRun',
  'UnusableOperation',
  'MalformedPattern',
];

/** errno(3): what is amiss with a path that was given, or with what is at it. */
const INPUT_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'permission denied',
  EPERM: 'this is not permitted',
  EROFS: 'its file system is read-only',
  EINVAL: 'it is of a kind that can’t be used so',
  ENXIO: 'there is nothing at its other end',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ETXTBSY: 'it is a program that is running',
};
const INPUT_CODES = Object.keys(INPUT_REASONS);

const REASONS: Readonly<Record<string, string>> = {
  ...INPUT_REASONS,
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'it would become too large',
  EIO: 'the disk or the terminal failed',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

const DONE: Readonly<Record<string, string>> = {
  open: 'opened',
  read: 'read',
  scandir: 'read',
  write: 'written',
  rename: 'written',
  mkdir: 'created',
  mkdtemp: 'created',
};
