import { type ImportWatch, MalformedInput, UnrecognisedInput } from '../importer.ts';
import { type ByteSource, bytesInMemory, readBytes } from './byte-source.ts';

/** What a packed file holds. */
export interface UnpackedFile {
  /** What was packed. Bytes in memory, of which there are at most MOST_UNPACKED_BYTES. */
  readonly source: ByteSource;
  /** What is wrong with the packed bytes, in words: then `source` is what came before. `''` where they are sound. */
  readonly problem: string;
}

/** Unpacks pieces of a stream as they come. */
export interface Unpacker {
  /** Takes the next piece; throws an Error that says what is wrong where the stream is broken. */
  push(piece: Uint8Array, isLast: boolean): void;
}

export const MOST_UNPACKED_BYTES = 2 ** 30;
/** What becomes more than so many times as large was made to fill memory; profiles don't get to half of it. */
const MOST_GROWTH = 500;
/** Up to here it may, since it does no harm. */
const HARMLESS_BYTES = 2 ** 26;

/**
 * Unpacks a file, as far as it is sound. `start` makes the unpacker, which gives what comes out to `take`; `format` is for messages. Throws
 * MalformedInput where nothing comes out, or more than `mostBytes`, or more than such a file can hold of any profile; UnrecognisedInput
 * where nothing is packed in it. The watch is called as often as a reader calls it; what is read of the file counts for nothing yet.
 */
export function unpackedFile(
  source: ByteSource,
  format: string,
  mostBytes: number,
  watch: ImportWatch,
  start: (take: (content: Uint8Array) => void) => Unpacker,
): UnpackedFile {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let problem = '';
  let read = 0;
  let told = 0;
  /** Why there's no going on, whatever the unpacker makes of what is thrown to it. */
  const stops: unknown[] = [];
  const check = () => {
    if (size > mostBytes)
      throw new MalformedInput(format, `more than ${mostBytes} bytes are packed in it: unpack it first`);
    if (size > HARMLESS_BYTES && size > MOST_GROWTH * read)
      throw new MalformedInput(format, `its first ${read} bytes become ${size}: such a file holds no profile`);
    if (size - told > WATCH_BYTES) {
      told = size;
      watch.progress(0);
    }
  };
  const unpacker = start((chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    try {
      check();
    } catch (error) {
      stops.push(error);
      throw error;
    }
  });
  for (let offset = 0; offset < source.size && problem === ''; offset += PIECE_BYTES) {
    read = Math.min(source.size, offset + PIECE_BYTES);
    try {
      unpacker.push(readBytes(source, offset, PIECE_BYTES), offset + PIECE_BYTES >= source.size);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (stops.length > 0) throw stops[0];
  }
  if (size === 0 && problem === '') {
    throw new UnrecognisedInput(
      `${source.name} is empty: what is packed in it has no bytes. The program that should have written it may have been stopped early.`,
    );
  }
  if (size === 0) throw new MalformedInput(format, `nothing can be unpacked: ${problem}`);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { source: bytesInMemory(bytes, source.name), problem };
}

/** Little enough that what one piece of gzip unpacks to (at most 1,032 times as much) is no burden. */
const PIECE_BYTES = 1 << 14;
const WATCH_BYTES = 1 << 22;
