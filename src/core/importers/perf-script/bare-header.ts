import {
  type HeaderLine,
  isThreadNumber,
  readColumns,
  setThread,
  skipBlanks,
  skipToken,
  trimEnd,
} from './header-line.ts';

/**
 * Reads the line that starts a sample where no event is printed: `comm pid/tid [cpu] time: period` (`-F comm,tid,time,ip,sym`),
 * all of which may be missing, and where there is no call chain the place behind it, which `header.rest` is the start of then.
 * Without an event all that stands before the columns may be a name. (tools/perf/builtin-script.c: perf_sample__fprintf_start.)
 */
export function readBareHeader(bytes: Uint8Array, start: number, lineEnd: number, header: HeaderLine): void {
  const end = trimEnd(bytes, start, lineEnd);
  const place = startOfPlace(bytes, start, end);
  const stop = trimEnd(bytes, start, place);
  header.commStart = skipBlanks(bytes, start, stop);
  const columns = startOfColumns(bytes, header.commStart, stop, header);
  header.commEnd = trimEnd(bytes, header.commStart, columns);
  header.threadEnd = header.commEnd;
  header.pid = -1;
  header.tid = -1;
  const last = lastToken(bytes, header.commStart, header.commEnd);
  if (isThreadNumber(bytes, last, header.commEnd) && isNumbersColumn(bytes, start, last, header)) {
    setThread(bytes, last, header.commEnd, header);
  }
  header.rest = place;
  header.end = end;
}

/** Where the address begins of a place behind the columns, `end` where there is none: in as many columns as perf gives it, behind a blank. */
function startOfPlace(bytes: Uint8Array, start: number, end: number): number {
  for (let at = skipBlanks(bytes, start, end); at < end; ) {
    const next = skipToken(bytes, at, end);
    const column = next - ADDRESS_WIDTH;
    const isAddress = next < end && column > start && isBlank(bytes[column - 1]) && isHex(bytes, at, next);
    if (isAddress && skipBlanks(bytes, column, next) === at) return at;
    at = skipBlanks(bytes, next, end);
  }
  return end;
}

/** Where the processor, the time or the period begins, of which one at least has to be sure; else `end`. */
function startOfColumns(bytes: Uint8Array, start: number, end: number, header: HeaderLine): number {
  for (let at = start; at < end; at = skipBlanks(bytes, skipToken(bytes, at, end), end)) {
    const areColumns = readColumns(bytes, at, end, header) && header.certain;
    if (!areColumns || header.eventEnd > header.eventStart || header.rest < end) continue;
    if (Number.isNaN(header.period) || widthOf(bytes, at, lastToken(bytes, at, end), end) > PERIOD_WIDTH) return at;
  }
  readColumns(bytes, end, end, header);
  return end;
}

/** perf gives the number of a process or thread five columns, or seven, and a blank before them: a shorter one is part of the name. */
function isNumbersColumn(bytes: Uint8Array, start: number, number: number, header: HeaderLine): boolean {
  if (number === header.commStart) return true;
  let end = number;
  while (end < header.commEnd && bytes[end] !== SLASH) end++;
  return widthOf(bytes, start, number, end) > NUMBER_WIDTH;
}

/** Bytes of a token with the blanks before it. */
function widthOf(bytes: Uint8Array, start: number, token: number, tokenEnd: number): number {
  return tokenEnd - trimEnd(bytes, start, token);
}

function lastToken(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && !isBlank(bytes[at - 1])) at--;
  return at;
}

function isHex(bytes: Uint8Array, start: number, end: number): boolean {
  // perf writes no zeros before a number; nm does.
  if (bytes[start] === ZERO && end > start + 1) return false;
  for (let at = start; at < end; at++) {
    const isDigit = bytes[at] >= ZERO && bytes[at] <= ZERO + 9;
    if (!isDigit && (bytes[at] < LETTER_A || bytes[at] > LETTER_A + 5)) return false;
  }
  return end > start && end - start <= ADDRESS_WIDTH;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}

const ADDRESS_WIDTH = 16;
const NUMBER_WIDTH = 5;
const PERIOD_WIDTH = 10;
const SLASH = 0x2f;
const ZERO = 0x30;
const LETTER_A = 0x61;
