import { CannotRecord } from '../runs/cannot-record.ts';
import type { RunStore } from '../runs/store.ts';
import { MissingRight, UsageError } from './command.ts';
import { systemReason } from './problem-text.ts';

/** Why nothing was recorded, as a UsageError where what was asked for is wrong, as a MissingRight where it can't be had here; else the error itself. */
export function recordProblem(error: unknown, { folder }: RunStore): unknown {
  if (error instanceof CannotRecord) {
    const stops = error.findings.filter(({ level }) => level === 'stops');
    const isWrong = stops.some(({ id }) => id.startsWith('program-') || WRONG.includes(id));
    return isWrong ? new UsageError(error.message) : new MissingRight(error.message);
  }
  const { code = '', path = '' } = error as NodeJS.ErrnoException;
  if (!['EACCES', 'EPERM', 'EROFS'].includes(code) || !path.startsWith(folder)) return error;
  return new MissingRight(
    `Runs are kept in ${folder}, where this user can't write: ${systemReason(error)}. Fix: Record from a folder of your own, and give the program's full path.`,
  );
}

const WRONG = ['process-gone', 'event-unknown'];
