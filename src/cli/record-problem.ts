import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
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
  if (FULL.includes(code)) {
    return new Error(
      `Nothing was recorded: runs are kept in ${folder}, and ${systemReason(error)}. Fix: Free some space, or delete old runs.`,
    );
  }
  if (!path.startsWith(folder)) return error;
  // For a folder in a file system that is read-only Node says ENOENT.
  const refusal = REFUSED.includes(code) ? error : refusalAt(folder);
  if (refusal === undefined) return error;
  return new MissingRight(
    `Runs are kept in ${folder}, where this user can't write: ${systemReason(refusal)}. Fix: Record from a folder of your own, and give the program's full path.`,
  );
}

const WRONG = ['process-gone', 'event-unknown', 'option-not-followed', 'not-go-test', 'not-node'];
const FULL = ['ENOSPC', 'EDQUOT'];
const REFUSED = ['EACCES', 'EPERM', 'EROFS'];

/** Why nothing can be written at a path, or at the nearest folder upwards that there is; undefined where it can. */
function refusalAt(path: string): unknown {
  if (!existsSync(path) && path !== dirname(path)) return refusalAt(dirname(path));
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return error;
  }
}
