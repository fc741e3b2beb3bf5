import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { UnrecognisedInput } from '../core/importers/importer.ts';
import type { ByteSource } from '../core/importers/reading/byte-source.ts';

/** A file as a source of bytes. Close it when the import is done. */
export interface FileSource extends ByteSource {
  /** When it was last written, in milliseconds since 1970. */
  readonly modifiedMs: number;
  close(): void;
}

/** Opens a file for reading; `name` is what messages call it. Throws UnrecognisedInput for what is no file, or what `fs` throws. */
export function openFileSource(path: string, name: string = path): FileSource {
  // A pipe that nobody writes to would hold us up for ever.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const status = fstatSync(descriptor);
  if (!status.isFile()) {
    closeSync(descriptor);
    const what = status.isDirectory() ? 'a folder: name the recording in it' : 'not a regular file';
    throw new UnrecognisedInput(`${name} is ${what}.`);
  }
  return {
    name,
    size: status.size,
    modifiedMs: status.mtimeMs,
    read(into, offset) {
      let filled = 0;
      while (filled < into.length) {
        const count = readSync(descriptor, into, filled, into.length - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
      return filled;
    },
    close: () => closeSync(descriptor),
  };
}
