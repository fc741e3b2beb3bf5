import { statSync } from 'node:fs';

/** Whether there is a file with something in it, of a tool that writes when it has ended. */
export function isWritten(path: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  return file?.isFile() === true && file.size > 0;
}
