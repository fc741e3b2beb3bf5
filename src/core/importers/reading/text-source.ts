import { HEAD_BYTES, type ImportWatch } from '../importer.ts';
import { type ByteSource, readBytes } from './byte-source.ts';
import { Utf16Decoder } from './utf16-decoder.ts';

/**
 * Gives a text file's content in pieces of UTF-8, whatever it is stored in: UTF-8 with or without a byte-order mark, or UTF-16 with one
 * (what `>` writes in PowerShell). Where lines end in CR alone, it is LF here. A piece is valid during the call only; no two pieces are
 * the same object.
 */
export function readText(source: ByteSource, watch: ImportWatch, take: (piece: Uint8Array) => void): void {
  const buffer = new Uint8Array(Math.min(PIECE_BYTES, source.size));
  let decoder: Utf16Decoder | undefined;
  const hasReturns = endsLinesByReturn(decoded(readBytes(source, 0, HEAD_BYTES)));
  for (let offset = 0; offset < source.size; ) {
    const length = source.read(buffer, offset);
    if (length === 0) break;
    const mark = offset === 0 ? byteOrderMark(buffer) : NO_MARK;
    if (offset === 0 && mark.isUtf16) decoder = new Utf16Decoder(mark.isLittle);
    const piece = buffer.subarray(mark.length, length);
    const text = decoder ? decoder.decode(piece) : piece;
    if (hasReturns) replaceReturns(text);
    take(text);
    offset += length;
    watch.progress(offset);
  }
  const rest = decoder?.finish();
  if (rest && rest.length > 0) take(rest);
}

/** The head of a file as `readText` gives it; a character cut by its end is left out. */
export function textHead(head: Uint8Array): Uint8Array {
  const text = decoded(head);
  if (!endsLinesByReturn(text)) return text;
  const copy = new Uint8Array(text);
  replaceReturns(copy);
  return copy;
}

function decoded(head: Uint8Array): Uint8Array {
  const mark = byteOrderMark(head);
  const rest = head.subarray(mark.length);
  return mark.isUtf16 ? new Utf16Decoder(mark.isLittle).decode(rest) : rest;
}

/** Whether in a file that starts so, lines end as in the old Mac OS. The last byte doesn't count: what ends the line with it may follow. */
function endsLinesByReturn(text: Uint8Array): boolean {
  const start = text.subarray(0, LOOKED_AT);
  const first = start.indexOf(RETURN);
  return first !== -1 && first < start.length - 1 && !start.includes(LINE_FEED);
}

function replaceReturns(text: Uint8Array): void {
  for (let at = text.indexOf(RETURN); at !== -1; at = text.indexOf(RETURN, at + 1)) text[at] = LINE_FEED;
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
/** Of the head, so many bytes at least are there however it is stored. */
const LOOKED_AT = HEAD_BYTES / 4;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
