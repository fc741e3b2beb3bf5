import { basename } from 'node:path';
import { portableView } from '../core/profile/portable-view.ts';
import type { ActiveRecording } from './active-recording.ts';
import type { Host } from './host.ts';
import { lookAgain } from './look-again.ts';
import { readRecording } from './open-profile.ts';
import type { OpenRecording } from './open-recording.ts';
import { isCancelled, Problem } from './problem.ts';

/** The recording of a file that was written since, looked at as what it held before. */
export async function readAgain(
  host: Host,
  { path, overview, view, shareOf }: OpenRecording,
  shownBy: ActiveRecording,
): Promise<OpenRecording> {
  const looked = host.recordings.lookFirst(path, (read) =>
    lookAgain(read, { view: portableView(overview, view), shareOf }),
  );
  try {
    return await readRecording(host, path, { shownBy });
  } finally {
    looked.dispose();
  }
}

/** What is shown stays: it is said that it isn't what the file holds now. */
export function leftAsItWas(path: string, error: unknown, onRetry: () => unknown): unknown {
  if (isCancelled(error)) return error;
  return new Problem(
    `${basename(path)} was written since, and can’t be shown as it is now: ${(error as Error).message}`,
    {
      actions: [{ title: 'Try Again', run: onRetry }],
    },
  );
}
