import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from './byte-source.ts';
import { MOST_UNPACKED_BYTES, type UnpackedFile, unpackedFile } from './unpacked-file.ts';
import { ZstdBlocks } from './zstd-blocks.ts';

/** Whether bytes are those of a Zstandard file: a frame, or one that is to be skipped, comes first. (RFC 8878) */
export function isZstd(head: Uint8Array): boolean {
  if (head.length < 4) return false;
  const magic = (head[0] | (head[1] << 8) | (head[2] << 16) | (head[3] << 24)) >>> 0;
  return magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5;
}

/** Unpacks a Zstandard file, as far as it is sound. Throws MalformedInput where nothing comes out of it, or more than `mostBytes`. */
export function unzstd(source: ByteSource, watch: ImportWatch, mostBytes = MOST_UNPACKED_BYTES): UnpackedFile {
  return unpackedFile(source, 'zstd', mostBytes, watch, (take) => {
    let size = 0;
    const blocks = new ZstdBlocks((content) => {
      size += content.length;
      take(content.slice());
    }, source.size);
    return {
      push(piece, isLast) {
        // A block of four bytes may hold 128 KiB of one byte.
        for (let at = 0; at < piece.length && size <= mostBytes; ) at = blocks.push(piece, at);
        if (!isLast || size > mostBytes) return;
        blocks.end();
        if (blocks.isInFrame) throw new Error('it is cut short');
      },
    };
  });
}
