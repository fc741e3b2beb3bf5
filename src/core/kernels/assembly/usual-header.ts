import { isBlank } from './bytes';

/**
 * The parts of a line that starts a sample, where it has the usual form: what names the thread, `[cpu]` or not, time, period, event, and
 * nothing behind it. Whoever asks has to know what names a thread: here it is all that stands before the other columns.
 */
export let threadStart: usize = 0;
export let threadEnd: usize = 0;
export let hasCpu: bool = false;
export let timeNs: f64 = 0;
export let period: f64 = 0;
export let eventStart: usize = 0;
export let eventEnd: usize = 0;

/** Finds the parts of the line; false where it has another form. */
export function isUsualHeader(start: usize, stop: usize): bool {
  let at = afterBlanks(start, stop);
  threadStart = at;
  threadEnd = at;
  hasCpu = false;
  // The end of the token before the last one.
  let before = at;
  while (true) {
    if (at === stop) return false;
    const next = afterToken(at, stop);
    if (load<u8>(next - 1) === COLON && isTime(at, next - 1)) {
      at = next;
      break;
    }
    before = threadEnd;
    threadEnd = next;
    hasCpu = load<u8>(at) === OPEN_BRACKET && load<u8>(next - 1) === CLOSE_BRACKET && areDigits(at + 1, next - 1);
    at = afterBlanks(next, stop);
  }
  if (hasCpu) threadEnd = before;
  if (threadEnd === threadStart) return false;
  at = afterBlanks(at, stop);
  const periodEnd = afterToken(at, stop);
  if (periodEnd - at > EXACT_DIGITS || !areDigits(at, periodEnd)) return false;
  period = <f64>number(at, periodEnd);
  eventStart = afterBlanks(periodEnd, stop);
  const end = afterToken(eventStart, stop);
  eventEnd = end - 1;
  if (end < eventStart + 2 || load<u8>(eventEnd) !== COLON || load<u8>(eventStart) === COLON) return false;
  return afterBlanks(end, stop) === stop;
}

/** Whether it is a time, `123.456789`; that is `timeNs` then. */
function isTime(start: usize, end: usize): bool {
  let dot = start;
  while (dot < end && load<u8>(dot) !== DOT) dot++;
  const fraction = dot + 1;
  if (dot - start > EXACT_DIGITS || !areDigits(start, dot)) return false;
  if (fraction >= end || end - fraction > 9 || !areDigits(fraction, end)) return false;
  let ns = <f64>number(fraction, end);
  for (let digits = end - fraction; digits < 9; digits++) ns *= 10;
  timeNs = <f64>number(start, dot) * 1e9 + ns;
  return true;
}

function areDigits(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (load<u8>(at) - ZERO > 9) return false;
  return end > start;
}

function number(start: usize, end: usize): u64 {
  let value: u64 = 0;
  for (let at = start; at < end; at++) value = value * 10 + (load<u8>(at) - ZERO);
  return value;
}

function afterBlanks(start: usize, stop: usize): usize {
  let at = start;
  while (at < stop && isBlank(load<u8>(at))) at++;
  return at;
}

function afterToken(start: usize, stop: usize): usize {
  let at = start;
  while (at < stop && !isBlank(load<u8>(at))) at++;
  return at;
}

/** A number of so many digits is exact in a double. */
const EXACT_DIGITS: usize = 15;
const ZERO: u8 = 0x30;
const COLON: u8 = 0x3a;
const DOT: u8 = 0x2e;
const OPEN_BRACKET: u8 = 0x5b;
const CLOSE_BRACKET: u8 = 0x5d;
