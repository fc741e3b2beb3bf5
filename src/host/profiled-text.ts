import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

/** What is known of the text a source file had when it was profiled. */
export type ProfiledText =
  /** SHA-256 of the text, line ends and byte order mark aside. */
  | { readonly kind: 'known'; readonly hash: string }
  /** Why the file on disk is not what was profiled, as a sentence. */
  | { readonly kind: 'lost'; readonly why: string };

/**
 * The text that a file had when it was profiled: what it has now, if it was written neither after the recording nor after the program
 * that was profiled.
 * @param program path of the program or library that the file was compiled into; '' where it isn't known
 */
export async function profiledText(path: string, recordedAt: Date, program: string): Promise<ProfiledText> {
  const { mtime } = await stat(path);
  if (mtime > recordedAt) {
    return { kind: 'lost', why: `It was changed ${clock(mtime)}, after it was profiled ${clock(recordedAt)}.` };
  }
  const built = await modified(program);
  if (built && built <= recordedAt && mtime > built) {
    const name = program.slice(program.lastIndexOf('/') + 1);
    return { kind: 'lost', why: `It was changed ${clock(mtime)}, after ${name} was built ${clock(built)}.` };
  }
  return { kind: 'known', hash: textHash(await readFile(path, 'utf8')) };
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

/** `at 14:02:11`, or `on 12 Nov at 14:02` on another day. */
function clock(time: Date): string {
  const isToday = time.toDateString() === new Date().toDateString();
  if (isToday) return `at ${time.toLocaleTimeString('en-GB')}`;
  const day = time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return `on ${day} at ${time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}
