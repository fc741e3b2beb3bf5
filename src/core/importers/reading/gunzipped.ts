import { Gunzip } from 'fflate';
import { MalformedInput } from '../importer.ts';
import { type ByteSource, bytesInMemory, readBytes } from './byte-source.ts';

export interface Gunzipped {
  /** What was compressed. Bytes in memory, of which there are at most MOST_BYTES. */
  readonly source: ByteSource;
  /** What is wrong with the compressed bytes, in words: then `source` is what came before. `''` where they are sound. */
  readonly problem: string;
}

/** Whether bytes are those of a gzip file. */
export function isGzip(head: Uint8Array): boolean {
  return head.length > 2 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08;
}

/** Unpacks a gzip file, as far as it is sound. Throws MalformedInput where nothing comes out of it, or more than `mostBytes`. */
export function gunzipped(source: ByteSource, mostBytes = MOST_BYTES): Gunzipped {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let problem = '';
  const gunzip = new Gunzip((chunk) => {
    chunks.push(chunk);
    size += chunk.length;
  });
  for (let offset = 0; offset < source.size && problem === ''; offset += CHUNK_BYTES) {
    try {
      gunzip.push(readBytes(source, offset, CHUNK_BYTES), offset + CHUNK_BYTES >= source.size);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (size > mostBytes)
      throw new MalformedInput('gzip', `more than ${mostBytes} bytes are packed in it: unpack it first`);
  }
  if (size === 0) throw new MalformedInput('gzip', `nothing can be unpacked${problem === '' ? '' : `: ${problem}`}`);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { source: bytesInMemory(bytes, source.name), problem };
}

/** Little enough that what one piece unpacks to (at most 1,032 times as much) is no burden. */
const CHUNK_BYTES = 1 << 14;
const MOST_BYTES = 2 ** 30;
