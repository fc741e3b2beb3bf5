import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** How far perf came with a file: `unfinished` holds samples that perf didn't live to count in the file's header. */
export type PerfFileState = 'missing' | 'empty' | 'unfinished' | 'finished';

/**
 * Reads the header of a perf.data file (tools/perf/Documentation/perf.data-file-format.txt of the kernel): perf writes it with a data
 * section of size 0 when it begins, and again with the true size when it ends.
 */
export async function perfFileState(path: string): Promise<PerfFileState> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    // A repository may hold a link to anything in its place.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return 'missing';
  }
  try {
    const about = await file.stat();
    if (!about.isFile()) return 'missing';
    const header = Buffer.alloc(HEADER_BYTES);
    const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0);
    if (bytesRead < HEADER_BYTES) return 'empty';
    const dataOffset = Number(header.readBigUInt64LE(DATA_OFFSET_AT));
    if (header.readBigUInt64LE(DATA_SIZE_AT) > 0n) return 'finished';
    return about.size > dataOffset ? 'unfinished' : 'empty';
  } finally {
    await file.close();
  }
}

const HEADER_BYTES = 104;
const DATA_OFFSET_AT = 40;
const DATA_SIZE_AT = 48;
