import { Gunzip } from 'fflate';
import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from './byte-source.ts';
import { MOST_UNPACKED_BYTES, type UnpackedFile, unpackedFile } from './unpacked-file.ts';

/** Whether bytes are those of a gzip file. */
export function isGzip(head: Uint8Array): boolean {
  return head.length > 2 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08;
}

/** Unpacks a gzip file, as far as it is sound. Throws MalformedInput where nothing comes out of it, or more than `mostBytes`. */
export function gunzipped(source: ByteSource, watch: ImportWatch, mostBytes = MOST_UNPACKED_BYTES): UnpackedFile {
  return unpackedFile(source, 'gzip', mostBytes, watch, (take) => new Gunzip(take));
}
