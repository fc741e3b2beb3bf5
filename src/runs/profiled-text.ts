import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { momentText } from '../core/date-text.ts';

/** What is known of the text a source file had when it was profiled. */
export type ProfiledText =
  /** SHA-256 of the text, line ends and byte order mark aside. */
  | { readonly kind: 'known'; readonly hash: string }
  /** Why the file on disk is not what was profiled: `Changed at 14:10:02, after it was profiled at 14:02:11`. */
  | { readonly kind: 'lost'; readonly why: string };

/**
 * The text that a file had when it was profiled: that of the copy the run kept of it; what it has now, if it wasn't written after the
 * recording; else that of the commit it was recorded at. A file that was written after the program that was profiled was built is not
 * what was profiled.
 */
export async function profiledText(path: string, circumstances: Circumstances): Promise<ProfiledText> {
  const { recordedAt, program, copy, committed } = circumstances;
  const { mtime } = await stat(path);
  const clock = (time: Date) => momentText(time, new Date());
  const built = await modified(program);
  const name = program.slice(program.lastIndexOf('/') + 1);
  const isBuiltBefore = built !== undefined && built <= recordedAt && mtime > built;
  const isChangedSince = mtime > recordedAt;
  if (isBuiltBefore && !isChangedSince) {
    return { kind: 'lost', why: `Changed ${clock(mtime)}, after ${name} was built ${clock(built)}` };
  }
  if (copy !== undefined) return { kind: 'known', hash: textHash(await readFile(copy, 'utf8')) };
  if (isChangedSince) {
    const text = await committed?.();
    if (text !== undefined) return { kind: 'known', hash: textHash(text) };
    return { kind: 'lost', why: `Changed ${clock(mtime)}, after it was profiled ${clock(recordedAt)}` };
  }
  return { kind: 'known', hash: textHash(await readFile(path, 'utf8')) };
}

export interface Circumstances {
  readonly recordedAt: Date;
  /** Path of the program or library that the file was compiled into; '' where it isn't known. */
  readonly program: string;
  /** Path of a copy of the file that the run kept. */
  readonly copy?: string;
  /** Reads the file's text at the commit, where the file was as the commit has it; gives undefined where that can't be had. */
  readonly committed?: () => Promise<string | undefined>;
}

/** The same for the same text, however its lines end. */
export function textHash(text: string): string {
  return createHash('sha256')
    .update(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
    .digest('hex');
}

/** When a file was written last, where there is one. */
async function modified(path: string): Promise<Date | undefined> {
  if (path === '') return undefined;
  try {
    return (await stat(path)).mtime;
  } catch {
    return undefined;
  }
}
