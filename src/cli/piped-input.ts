import { closeSync, constants, fstatSync, mkdtempSync, openSync, read, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { mayBeReadable } from '../core/importers/import-profile.ts';
import { HEAD_BYTES } from '../core/importers/importer.ts';
import { bytesInMemory } from '../core/importers/reading/byte-source.ts';
import { formatBytes } from '../core/units.ts';
import { UsageError } from './command.ts';

/** Where what comes from standard input or a pipe can be read like a file, at any place. It is there until this process ends. */
export interface PipedInput {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
}

/**
 * Standard input for `-`, or what comes through the pipe at a path, or what the kernel writes when it is read (`/proc`), which has no size
 * before; undefined where it is none of these. Throws UsageError, or what `fs` throws.
 */
export async function pipedInput(word: string, progress: (line: string) => void): Promise<PipedInput | undefined> {
  if (word === '-') {
    if (isatty(0)) throw new UsageError('Nothing is piped to standard input. Name a recording, a run, or latest.');
    const name = 'standard input';
    return { name, path: fstatSync(0).isFile() ? pathOf(0) : await spooled(0, name, progress) };
  }
  const status = statSync(word, { throwIfNoEntry: false });
  const isPipe = status?.isFIFO() === true;
  if (!isPipe && !(status?.isFile() && status.size === 0)) return undefined;
  const pipe = openSync(word, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return { name: word, path: await spooled(pipe, word, progress, isPipe ? WRITER_LIMIT_MS : 0) };
  } finally {
    closeSync(pipe);
  }
}

/**
 * Copies a stream to a file without a name, which is gone with us however we end; as much of it as shows that it is in no known format
 * where it isn't. `writerLimitMs`: how long to wait for somebody to write to it, where its end may mean that nobody has begun.
 */
async function spooled(
  stream: number,
  name: string,
  progress: (line: string) => void,
  writerLimitMs = 0,
): Promise<string> {
  const file = namelessFile();
  const began = Date.now();
  const piece = Buffer.alloc(PIECE_BYTES);
  let head = Buffer.alloc(0);
  for (let bytes = 0; ; ) {
    progress(`Reading ${name}: ${formatBytes(bytes)}`);
    const count = await readSome(stream, piece);
    if (count === undefined || (count === 0 && bytes === 0 && Date.now() - began < writerLimitMs)) {
      await sleep(20);
      continue;
    }
    if (count === 0) return pathOf(file);
    writeAll(file, piece.subarray(0, count));
    bytes += count;
    if (head.length < HEAD_BYTES) {
      head = Buffer.concat([head, piece.subarray(0, count)]).subarray(0, HEAD_BYTES);
      if (head.length === HEAD_BYTES && !mayBeReadable(bytesInMemory(head, name))) return pathOf(file);
    }
    if (bytes > MOST_BYTES) {
      throw new UsageError(`More than ${formatBytes(MOST_BYTES)} come from ${name}: write it to a file first.`);
    }
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    // The file has no name that would tell a person anything.
    throw Object.assign(error as NodeJS.ErrnoException, { path: tmpdir() });
  }
}

/** Bytes read: 0 at the end, undefined where there are none yet. */
async function readSome(stream: number, into: Buffer): Promise<number | undefined> {
  try {
    return (await promisify(read)(stream, into, 0, into.length, null)).bytesRead;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

function namelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-'));
  try {
    return openSync(join(folder, 'piped'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A path of an open file for us and for the programs we start, whatever became of its name. */
function pathOf(descriptor: number): string {
  return `/proc/${process.pid}/fd/${descriptor}`;
}

const PIECE_BYTES = 1 << 20;
const MOST_BYTES = 2 ** 32;
/** Whoever writes to a named pipe may be started after us. */
const WRITER_LIMIT_MS = 5000;
