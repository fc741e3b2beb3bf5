import { join, relative, sep } from 'node:path';
import { whenText } from '../core/date-text.ts';
import type { Run } from '../runs/run.ts';
import type { RunStore } from '../runs/store.ts';
import type { Host } from './host.ts';
import type { RecordingFacts } from './open-recording.ts';

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

/** What the record of the run says that a file belongs to; nothing where it belongs to none. */
export async function factsOfRunFile({ runs }: Pick<Host, 'runs'>, path: string): Promise<Partial<RecordingFacts>> {
  for (const store of runs.all()) {
    const [id, ...rest] = relative(store.runsFolder, path).split(sep);
    if (id === '..' || id === '' || rest.length === 0) continue;
    const run = await store.get(id).catch(() => undefined);
    if (run) return runFacts(store, run);
  }
  return {};
}
