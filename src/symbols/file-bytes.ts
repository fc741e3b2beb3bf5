import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { ByteSource } from '../core/importers/reading/byte-source.ts';

/** A file that is read at any place. Close it when it is no longer needed. */
export interface FileBytes extends ByteSource {
  close(): void;
}

/**
 * Opens a file that a recording names. Gives undefined where there is none that can be read, or where it isn't a regular file: a
 * recording may name a pipe that would block for ever, or a device on which opening has effects.
 */
export function openFileBytes(path: string): FileBytes | undefined {
  let descriptor: number;
  try {
    if (!statSync(path).isFile()) return undefined;
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  const { size } = fstatSync(descriptor);
  return {
    name: path,
    size,
    read(into, offset) {
      let filled = 0;
      try {
        while (filled < into.length) {
          const count = readSync(descriptor, into, filled, into.length - filled, offset + filled);
          if (count === 0) break;
          filled += count;
        }
      } catch {
        // What a failing disk or a lost connection no longer gives is as if the file ended there.
      }
      return filled;
    },
    close: () => closeSync(descriptor),
  };
}
