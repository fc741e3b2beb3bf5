import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../core/importers/reading/byte-source.ts';

/** A file as a source of bytes. Close it when the import is done. */
export interface FileSource extends ByteSource {
  close(): void;
}

/** Opens a file for reading. Throws what `fs` throws: ENOENT, EACCES, EISDIR. */
export function openFileSource(path: string): FileSource {
  const descriptor = openSync(path, 'r');
  const status = fstatSync(descriptor);
  if (!status.isFile()) {
    closeSync(descriptor);
    const code = status.isDirectory() ? 'EISDIR' : 'EINVAL';
    throw Object.assign(new Error(`${path} is not a regular file.`), { code });
  }
  return {
    name: path,
    size: status.size,
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
