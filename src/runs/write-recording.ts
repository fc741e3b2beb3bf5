import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { ofThreads } from '../core/profile/of-threads.ts';
import { operationWords } from '../core/profile/operations/index.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { QueryModel, View } from '../core/profile/queries/query-model.ts';
import { WRITERS } from '../core/writers/index.ts';
import { flameViewer } from './flame-viewer.ts';

/**
 * Writes what is in view to a file, in the format of its extension; the file is there whole or not at all. Gives what the format can't
 * carry, in words. Throws an error named UsageError for an extension that isn't known, or what `fs` throws.
 */
export async function writeRecording(model: QueryModel, view: View, path: string): Promise<readonly string[]> {
  const writer = WRITERS.find(({ extension }) => path.endsWith(extension));
  if (!writer) {
    const known = WRITERS.map(({ extension }) => extension).join(' ');
    throw Object.assign(new Error(`${path} has no extension that says its format. Known: ${known}.`), {
      name: 'UsageError',
    });
  }
  const { profile: shown } = model.viewed(view);
  const profile = saidToBePart(view.threads ? ofThreads(shown, new Set(view.threads)) : shown, view);
  const bytes = writer.write(profile, { value: view.value, flameViewer });
  const beside = `${path}.${randomUUID()}.unfinished`;
  try {
    writeFileSync(beside, bytes);
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
  return writer.losses(profile);
}

/** The profile with a sentence on what was done to it, so that the file isn't taken for the whole recording. */
function saidToBePart(profile: Profile, { operations }: View): Profile {
  if (operations.length === 0) return profile;
  const { origin } = profile;
  const done = `Not the whole recording as it was: ${operations.map(operationWords).join('; ')}.`;
  return { ...profile, origin: { ...origin, mayMislead: [...origin.mayMislead, done] } };
}
