import { randomUUID } from 'node:crypto';
import { accessSync, constants, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ofThreads } from '../core/profile/of-threads.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { QueryModel, View } from '../core/profile/queries/query-model.ts';
import { viewWords } from '../core/profile/queries/view-words.ts';
import { WRITERS } from '../core/writers/index.ts';
import type { Writer } from '../core/writers/writer.ts';
import { flameViewer } from './flame-viewer.ts';
import { finish, type GiveUp, throwIfGivenUp } from './give-up.ts';

/**
 * Writes what is in view to a file, in the format of its extension; the file is there whole or not at all. Gives what the format can't
 * carry, in words. Throws an error named UsageError for an extension that isn't known or for a place where no file can be, among them
 * `recording`, which it never writes over; or what `fs` throws; or an AbortError where it is given up.
 */
export async function writeRecording(
  model: QueryModel,
  view: View,
  path: string,
  recording: string,
  work?: GiveUp,
): Promise<readonly string[]> {
  // It may have waited for other questions.
  throwIfGivenUp(work);
  const writer = writerFor(path);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw usageError(`${path} is a folder: name the file to write in it.`);
  if (there && !there.isFile()) throw usageError(`${path} is not a regular file: it is not written over.`);
  if (there && isSame(there, statSync(recording, { throwIfNoEntry: false }))) {
    throw usageError(`${path} is the recording itself: give the other file another name.`);
  }
  if (there && isProtected(path, there)) throw usageError(`${path} is write-protected: it is not written over.`);
  const { profile: shown } = model.viewed(view);
  throwIfGivenUp(work);
  const [, ...looked] = viewWords(model, { view });
  const profile = saidToBePart(view.threads ? ofThreads(shown, new Set(view.threads)) : shown, looked);
  const options = { value: view.value, looked, flameViewer };
  const bytes = writer.write(profile, options);
  throwIfGivenUp(work);
  const losses = writer.losses(profile, options);
  // What a link leads to is written, and the link stays.
  replace(there ? realpathSync(path) : path, bytes, there && there.mode & 0o777, work);
  return losses;
}

/** The writer of the format that a file's extension says. Throws an error named UsageError where there is none. */
export function writerFor(path: string): Writer {
  const writer = WRITERS.find(({ extension }) => path.toLowerCase().endsWith(extension));
  if (writer) return writer;
  const known = WRITERS.map(({ extension }) => extension).join(' ');
  throw usageError(`${path} has no extension that says its format. Known: ${known}.`);
}

/** Throws what `fs` throws, as of `path`: the name that the file has meanwhile tells a person nothing. */
function replace(path: string, bytes: Uint8Array, mode: number | undefined, work: GiveUp | undefined): void {
  const beside = join(dirname(path), `.${randomUUID()}.unfinished`);
  try {
    writeFileSync(beside, bytes, { mode });
    finish(work);
    renameSync(beside, path);
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  } finally {
    rmSync(beside, { force: true });
  }
}

/** What takes the place of a file needs the right to write to its folder alone; who took the right to write to the file meant to keep it. */
function isProtected(path: string, { mode }: Stats): boolean {
  if ((mode & 0o222) === 0) return true;
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

function isSame(a: Stats, b: Stats | undefined): boolean {
  return a.ino === b?.ino && a.dev === b.dev;
}

function usageError(problem: string): Error {
  return Object.assign(new Error(problem), { name: 'UsageError' });
}

/** The profile with a sentence on what was done to it, so that the file isn't taken for the whole recording. */
function saidToBePart(profile: Profile, looked: readonly string[]): Profile {
  if (looked.length === 0) return profile;
  const { origin } = profile;
  const done = `Not the whole recording as it was: ${looked.join('; ')}.`;
  return { ...profile, origin: { ...origin, mayMislead: [...origin.mayMislead, done] } };
}
