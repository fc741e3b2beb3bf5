import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from './byte-source.ts';
import { Utf16Decoder } from './utf16-decoder.ts';

/**
 * Gives a text file's content in pieces of UTF-8, whatever it is stored in: UTF-8 with or without a byte-order mark, or UTF-16 with one
 * (what `>` writes in PowerShell). A piece is valid during the call only; no two pieces are the same object.
 */
export function readText(source: ByteSource, watch: ImportWatch, take: (piece: Uint8Array) => void): void {
  const buffer = new Uint8Array(Math.min(PIECE_BYTES, source.size));
  let decoder: Utf16Decoder | undefined;
  for (let offset = 0; offset < source.size; ) {
    const length = source.read(buffer, offset);
    if (length === 0) break;
    const mark = offset === 0 ? byteOrderMark(buffer) : NO_MARK;
    if (offset === 0 && mark.isUtf16) decoder = new Utf16Decoder(mark.isLittle);
    const piece = buffer.subarray(mark.length, length);
    take(decoder ? decoder.decode(piece) : piece);
    offset += length;
    watch.progress(offset);
  }
  const rest = decoder?.finish();
  if (rest && rest.length > 0) take(rest);
}

/** The head of a file as UTF-8 without a byte-order mark; a character cut by its end is left out. */
export function textHead(head: Uint8Array): Uint8Array {
  const mark = byteOrderMark(head);
  const rest = head.subarray(mark.length);
  return mark.isUtf16 ? new Utf16Decoder(mark.isLittle).decode(rest) : rest;
}

interface Mark {
  readonly length: number;
  readonly isUtf16: boolean;
  readonly isLittle: boolean;
}

const NO_MARK: Mark = { length: 0, isUtf16: false, isLittle: false };

function byteOrderMark(bytes: Uint8Array): Mark {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { ...NO_MARK, length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { length: 2, isUtf16: true, isLittle: true };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { length: 2, isUtf16: true, isLittle: false };
  return NO_MARK;
}

const PIECE_BYTES = 1 << 18;
