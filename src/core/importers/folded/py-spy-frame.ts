import type { ProfileBuilder } from '../../profile/builder.ts';
import { type FrameIndex, NONE, type ThreadIndex } from '../../profile/profile.ts';
import { indexWithin } from '../reading/index-within.ts';

/** The frame of `function (file.py:12)`, `function (file.py)`, `function (library.so)`, `function (file.c:12)`, or a name alone. */
export function pySpyFrame(builder: ProfileBuilder, text: string): FrameIndex {
  const [, name, file, digits] = FRAME.exec(text) ?? [];
  if (name === undefined) return builder.frame({ function: builder.function({ name: text }) });
  const line = Number(digits ?? 0);
  if (isPythonFile(file)) {
    return builder.frame({ function: builder.function({ name, file }), line, kind: 'interpreted' });
  }
  if (line > 0) return builder.frame({ function: builder.function({ name, file }), line });
  return pySpyNativeFrame(builder, name, file);
}

/** A function of a program or library. Where py-spy found no name it writes the address, which is another in each run. */
export function pySpyNativeFrame(builder: ProfileBuilder, name: string, file: string): FrameIndex {
  const module = builder.module(file);
  if (/^0x[0-9a-f]+$/.test(name)) return builder.frame({ function: NONE, module });
  return builder.frame({ function: builder.function({ name, module }), module });
}

/**
 * `process 12:"python a.py";thread (34): name;` or either alone. A thread's name may have a semicolon: what goes on with a blank is part of
 * it, since no frame does.
 */
export function pySpyThreadEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (startsWith(bytes, at, end, PROCESS)) {
    let quote = indexWithin(bytes, QUOTE, at, end);
    if (quote === -1) return at;
    do quote = indexWithin(bytes, QUOTE, quote + 1, end);
    while (quote !== -1 && quote + 1 < end && bytes[quote + 1] !== SEMICOLON);
    if (quote === -1) return at;
    at = Math.min(end, quote + 2);
  }
  if (!startsWith(bytes, at, end, THREAD)) return at;
  do at = afterSemicolon(bytes, at, end);
  while (at < end && bytes[at] === SPACE);
  return at;
}

export function pySpyThread(builder: ProfileBuilder, text: string): ThreadIndex {
  const pids = [...text.matchAll(/(?:^|";)process (\d+):"/g)];
  const [, digits, name = ''] = /(?:^|";)thread \((0x[0-9a-fA-F]+|\d+)\)(?:: (.*?))?;?$/s.exec(text) ?? [];
  const fits = (id: number) => (id >= 0 && id < 2 ** 31 ? id : NONE);
  const tid = fits(Number(digits ?? Number.NaN));
  // Where there is no room for an identifier it is part of the name.
  const label = tid === NONE && digits !== undefined ? `${name} (${digits})`.trim() : name;
  return builder.thread(fits(Number(pids.at(-1)?.[1] ?? Number.NaN)), tid, label);
}

/** `a.py`, `a.pyx`, `<frozen importlib._bootstrap>`. */
export function isPythonFile(file: string): boolean {
  return /\.pyx?$|^<.+>$/.test(file);
}

export function isPySpyFrame(text: string): boolean {
  return FRAME.test(text) || /^(?:process \d+:"|thread \()/.test(text);
}

export function isPySpyPython(text: string): boolean {
  const file = FRAME.exec(text)?.[2];
  return file !== undefined && isPythonFile(file);
}

const FRAME = /^(.+) \(([^()]+?)(?::(\d{1,9}))?\)$/s;
const PROCESS = 'process ';
const THREAD = 'thread (';
const QUOTE = 0x22;
const SEMICOLON = 0x3b;
const SPACE = 0x20;

function startsWith(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (end - at < text.length) return false;
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

function afterSemicolon(bytes: Uint8Array, start: number, end: number): number {
  const semicolon = indexWithin(bytes, SEMICOLON, start, end);
  return semicolon === -1 ? end : semicolon + 1;
}
