import { HEAD_BYTES } from '../importer.ts';
import { textHead } from '../reading/text-source.ts';
import { utf8 } from '../reading/utf8.ts';
import { newFoldedLine, readFoldedLine } from './folded-line.ts';

export interface FoldedHead {
  /** Lines that are a stack and a number. */
  readonly stacks: number;
  /** Those of them that have a semicolon. */
  readonly nested: number;
  /** Those of them that have two numbers. */
  readonly withTwo: number;
  /** Lines that are neither that, nor empty, nor comments. */
  readonly others: number;
  /** Texts of the frames of the first MOST_FRAMES frames. */
  readonly frames: readonly string[];
}

/** What the whole lines of a file's head are, taken as folded stacks. Undefined where it is no text. */
export function foldedHead(head: Uint8Array): FoldedHead | undefined {
  const text = textHead(head);
  if (text.includes(0)) return undefined;
  // Of a longer file the last line may be cut.
  const end = head.length < HEAD_BYTES ? text.length : text.lastIndexOf(LF) + 1;
  const found = { stacks: 0, nested: 0, withTwo: 0, others: 0, frames: [] as string[] };
  if (end === 0) return headOfOneLine(text);
  const parts = newFoldedLine();
  // Kept from line to line: from each of thousands without one it would be looked for up to the end.
  let semicolon = nextSemicolon(text, 0);
  for (let start = 0; start < end; ) {
    const lineFeed = text.indexOf(LF, start);
    const next = lineFeed === -1 || lineFeed >= end ? end : lineFeed;
    const last = next > start && text[next - 1] === CR ? next - 1 : next;
    // A last line that no line end follows may be cut: it says nothing where there are others.
    const isOpen = lineFeed === -1 && found.stacks > 0;
    if (last > start && text[start] !== HASH && !isOpen) {
      if (readFoldedLine(text, start, last, true, parts)) {
        found.stacks++;
        if (semicolon < start) semicolon = nextSemicolon(text, start);
        if (semicolon < parts.stackEnd) found.nested++;
        if (!Number.isNaN(parts.before)) found.withTwo++;
        if (found.frames.length < MOST_FRAMES) found.frames.push(...framesOf(text, start, parts.stackEnd));
      } else {
        found.others++;
      }
    }
    start = next + 1;
  }
  return found;
}

/** Where there is one from `start` on; the text's end where there is none. */
function nextSemicolon(text: Uint8Array, start: number): number {
  const found = text.indexOf(SEMICOLON, start);
  return found === -1 ? text.length : found;
}

/** A stack that is longer than the head: of nothing but names and semicolons. */
function headOfOneLine(text: Uint8Array): FoldedHead | undefined {
  let semicolons = 0;
  for (const byte of text) if (byte === SEMICOLON) semicolons++;
  if (semicolons === 0 || NO_STACKS.includes(text[0])) return undefined;
  return { stacks: 1, nested: 1, withTwo: 0, others: 0, frames: framesOf(text, 0, text.length) };
}

function framesOf(text: Uint8Array, start: number, end: number): string[] {
  return utf8(text, start, end).split(';', MOST_FRAMES);
}

const MOST_FRAMES = 2000;
const LF = 0x0a;
const CR = 0x0d;
const HASH = 0x23;
const SEMICOLON = 0x3b;
/** What JSON and XML start with. */
const NO_STACKS = [0x7b, 0x5b, 0x3c, 0x22];
