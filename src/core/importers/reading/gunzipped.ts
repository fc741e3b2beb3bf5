import { Gunzip } from 'fflate';
import type { ImportWatch } from '../importer.ts';
import { type ByteSource, readBytes } from './byte-source.ts';
import { crc32 } from './crc32.ts';
import { MOST_UNPACKED_BYTES, type UnpackedFile, unpackedFile } from './unpacked-file.ts';

/** Whether bytes are those of a gzip file. */
export function isGzip(head: Uint8Array): boolean {
  return head.length > 2 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08;
}

/** Unpacks a gzip file, as far as it is sound. Throws MalformedInput where nothing comes out of it, or more than `mostBytes`. */
export function gunzipped(source: ByteSource, watch: ImportWatch, mostBytes = MOST_UNPACKED_BYTES): UnpackedFile {
  return unpackedFile(source, 'gzip', mostBytes, watch, (take) => {
    // The library looks at no checksum, and doesn't mind where the file ends.
    let crc = 0;
    let isSound = true;
    const gunzip = new Gunzip((content) => {
      crc = crc32(content, crc);
      take(content);
    });
    /** What was packed first ends where the next begins, or the file does, with its checksum and its length. (RFC 1952, section 2.3.1) */
    const memberEnds = (end: number) => {
      const trailer = readBytes(source, Math.max(0, end - TRAILER_BYTES), 4);
      if (trailer.length < 4 || new DataView(trailer.buffer, trailer.byteOffset).getUint32(0, true) !== crc)
        isSound = false;
      crc = 0;
    };
    gunzip.onmember = memberEnds;
    return {
      push(piece, isLast) {
        gunzip.push(piece, isLast);
        if (!isLast) return;
        memberEnds(source.size);
        if (!isSound) throw new Error('it is cut short or was changed: its checksum is another');
      },
    };
  });
}

const TRAILER_BYTES = 8;
