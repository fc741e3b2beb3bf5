/**
 * The line that starts a sample: `comm  pid/tid [cpu] time: period event: rest`. Every column but the number of the
 * thread may be missing, and the name of the thread may hold anything, even what looks like columns, but is short: so
 * the number is the last one that the other columns can follow and that such a name can stand before, or else the first.
 * (tools/perf/builtin-script.c: perf_sample__fprintf_start, process_event.)
 */
export interface HeaderLine {
  commStart: number;
  commEnd: number;
  /** End of the thread's number: what comes before names the thread. */
  threadEnd: number;
  /** -1 where it isn't printed. */
  pid: number;
  tid: number;
  /** Nanoseconds, or NaN. */
  timeNs: number;
  /** NaN where it isn't printed. */
  period: number;
  /** Equal to `eventEnd` where no event is printed. The colon at its end isn't part of it. */
  eventStart: number;
  eventEnd: number;
  /** What follows the event: a payload, or address and symbol where there is no call chain. */
  rest: number;
  end: number;
  /** Whether a processor or a time follows a thread's number, which nothing but perf writes in this way. */
  certain: boolean;
}

export function newHeaderLine(): HeaderLine {
  return {
    commStart: 0,
    commEnd: 0,
    threadEnd: 0,
    pid: -1,
    tid: -1,
    timeNs: Number.NaN,
    period: Number.NaN,
    eventStart: 0,
    eventEnd: 0,
    rest: 0,
    end: 0,
    certain: false,
  };
}

/** Reads the line into `header`; false where it isn't the start of a sample, and then `header` holds nothing of use. */
export function readHeaderLine(bytes: Uint8Array, start: number, lineEnd: number, header: HeaderLine): boolean {
  const end = trimEnd(bytes, start, lineEnd);
  header.commStart = skipBlanks(bytes, start, end);
  header.end = end;
  let certain = NOT_FOUND;
  let uncertain = NOT_FOUND;
  for (let token = header.commStart; token < end; ) {
    if (certain !== NOT_FOUND && token - header.commStart > LONGEST_NAME + 1) break;
    const next = skipToken(bytes, token, end);
    if (isThreadNumber(bytes, token, next)) {
      const areColumns = readColumns(bytes, skipBlanks(bytes, next, end), end, header);
      if (areColumns && header.certain) certain = token;
      else if (uncertain === NOT_FOUND && token > header.commStart && header.eventEnd > header.eventStart)
        uncertain = token;
    }
    token = skipBlanks(bytes, next, end);
  }
  if (certain === NOT_FOUND && readWithoutThread(bytes, end, header)) return true;
  const thread = certain === NOT_FOUND ? uncertain : certain;
  if (thread === NOT_FOUND) return false;
  const next = skipToken(bytes, thread, end);
  readColumns(bytes, skipBlanks(bytes, next, end), end, header);
  setThread(bytes, thread, next, header);
  return true;
}

/**
 * Without the number of the thread (`-F comm,time,event`), a name may stand before the columns; or the event stands
 * alone.
 */
function readWithoutThread(bytes: Uint8Array, end: number, header: HeaderLine): boolean {
  header.pid = NOT_FOUND;
  header.tid = NOT_FOUND;
  for (let token = header.commStart; token < end; ) {
    const hasEvent = readColumns(bytes, token, end, header) && header.eventEnd > header.eventStart;
    const isAlone = token === header.commStart && header.rest === end;
    if (hasEvent && (header.certain || isAlone)) {
      header.commEnd = trimEnd(bytes, header.commStart, token);
      header.threadEnd = header.commEnd;
      header.certain = false;
      return true;
    }
    token = skipBlanks(bytes, skipToken(bytes, token, end), end);
  }
  return false;
}

/** The columns from the processor to the event. */
export function readColumns(bytes: Uint8Array, start: number, end: number, header: HeaderLine): boolean {
  let at = start;
  header.certain = false;
  header.timeNs = Number.NaN;
  header.period = Number.NaN;
  header.eventStart = 0;
  header.eventEnd = 0;
  if (bytes[at] === OPEN_BRACKET) {
    const next = skipToken(bytes, at, end);
    if (bytes[next - 1] !== CLOSE_BRACKET || !isDigits(bytes, at + 1, next - 1)) return false;
    header.certain = true;
    at = skipBlanks(bytes, next, end);
  }
  const misc = skipToken(bytes, at, end);
  if (isMisc(bytes, at, misc)) at = skipBlanks(bytes, misc, end);
  // With -F +deltatime or +reltime a second one follows; the first is the time.
  for (let times = 0; times < 2; times++) {
    const next = skipToken(bytes, at, end);
    const timeNs = readTime(bytes, at, next);
    if (Number.isNaN(timeNs)) break;
    if (times === 0) header.timeNs = timeNs;
    header.certain = true;
    at = skipBlanks(bytes, next, end);
  }
  header.rest = at;
  const next = skipToken(bytes, at, end);
  if (isDigits(bytes, at, next) && next - at <= 20) {
    const afterPeriod = skipBlanks(bytes, next, end);
    if (afterPeriod === end || setEvent(bytes, afterPeriod, end, header)) {
      header.period = readDigits(bytes, at, next);
      if (afterPeriod === end) header.rest = end;
      return true;
    }
  }
  return setEvent(bytes, at, end, header) || header.certain;
}

/**
 * An event's name has no blanks, but for those that perf makes up (`raw 0x1a8:u:`), which are read where nothing
 * follows them.
 */
function setEvent(bytes: Uint8Array, start: number, end: number, header: HeaderLine): boolean {
  let next = skipToken(bytes, start, end);
  if (!isEvent(bytes, start, next) && header.certain && end - start <= LONGEST_EVENT) next = end;
  if (!isEvent(bytes, start, next)) return false;
  header.eventStart = start;
  header.eventEnd = next - 1;
  header.rest = skipBlanks(bytes, next, end);
  return true;
}

export function setThread(bytes: Uint8Array, start: number, end: number, header: HeaderLine): void {
  const slash = indexOf(bytes, start, end, SLASH);
  header.commEnd = trimEnd(bytes, header.commStart, start);
  header.threadEnd = end;
  header.pid = slash === -1 ? -1 : readSigned(bytes, start, slash);
  header.tid = readSigned(bytes, slash === -1 ? start : slash + 1, end);
}

/** `1234`, `-1`, `1234/1235`. */
export function isThreadNumber(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  if (first !== MINUS && (first < ZERO || first > NINE)) return false;
  const slash = indexOf(bytes, start, end, SLASH);
  if (slash === -1) return isSigned(bytes, start, end);
  return isSigned(bytes, start, slash) && isSigned(bytes, slash + 1, end);
}

function isSigned(bytes: Uint8Array, start: number, end: number): boolean {
  return isDigits(bytes, bytes[start] === MINUS ? start + 1 : start, end) && end - start <= 11;
}

function readSigned(bytes: Uint8Array, start: number, end: number): number {
  return bytes[start] === MINUS ? -readDigits(bytes, start + 1, end) : readDigits(bytes, start, end);
}

/** `event:`, where the event itself may hold colons (`cycles:u:`, `sched:sched_switch:`). */
function isEvent(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > 1 && bytes[end - 1] === COLON && bytes[start] !== COLON;
}

/** The column `misc`: K, U, H, G, E, S and what perf puts beside them. */
function isMisc(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start || end - start > 4) return false;
  for (let at = start; at < end; at++) if ((bytes[at] < 0x41 || bytes[at] > 0x5a) && bytes[at] !== 0x70) return false;
  return true;
}

/** `123.456789:` as nanoseconds, or NaN. */
function readTime(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 4 || bytes[end - 1] !== COLON) return Number.NaN;
  const dot = indexOf(bytes, start, end, DOT);
  if (dot <= start || dot > start + 15 || !isDigits(bytes, start, dot)) return Number.NaN;
  const fraction = dot + 1;
  if (!isDigits(bytes, fraction, end - 1) || end - 1 - fraction > 9) return Number.NaN;
  let ns = readDigits(bytes, fraction, end - 1);
  for (let digits = end - 1 - fraction; digits < 9; digits++) ns *= 10;
  return readDigits(bytes, start, dot) * 1e9 + ns;
}

/** Where the byte is, or -1. (For so few bytes `subarray` takes longer than to look.) */
function indexOf(bytes: Uint8Array, start: number, end: number, byte: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === byte) return at;
  return -1;
}

function isDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] < ZERO || bytes[at] > NINE) return false;
  return end > start;
}

function readDigits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] - ZERO);
  return value;
}

export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at;
}

export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1] === SPACE || bytes[at - 1] === TAB)) at--;
  return at;
}

export function skipToken(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== SPACE && bytes[at] !== TAB) at++;
  return at;
}

const NOT_FOUND = -1;
const LONGEST_EVENT = 100;
/** Bytes that Linux keeps of a thread's name. */
const LONGEST_NAME = 15;
const TAB = 0x09;
const SPACE = 0x20;
const MINUS = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
