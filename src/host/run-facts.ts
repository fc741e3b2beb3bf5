import { join } from 'node:path';
import { whenText } from '../core/date-text.ts';
import type { Run } from '../runs/run.ts';
import type { RunStore } from '../runs/store.ts';
import type { RecordingFacts } from './open-profile.ts';

/** What a run's record says of its recording. */
export function runFacts(store: RunStore, run: Run): RecordingFacts {
  const recordedAt = new Date(run.start);
  const folder = store.runFolder(run.id);
  return {
    title: `${run.title} · ${whenText(recordedAt)}`,
    runId: run.id,
    recordedAt,
    git: run.environment?.git ?? undefined,
    sourceCopies: new Map(run.sources.map(({ path, file }) => [join(store.workspaceFolder, path), join(folder, file)])),
  };
}
