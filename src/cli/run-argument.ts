import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recoverInterrupted } from '../runs/recover.ts';
import type { Run, RunState } from '../runs/run.ts';
import { openStore, type RunStore } from '../runs/store.ts';
import { UsageError } from './command.ts';

/** The store that a command in this folder works on: that of the nearest folder upwards which has one, else of this folder. */
export function storeOf(cwd: string): RunStore {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.perfwright'))) return openStore(folder);
    if (folder === dirname(folder)) return openStore(cwd);
  }
}

/** Brings runs whose recorder died to their end; where this user can't write, they stay as they are. */
export async function recovered(store: RunStore): Promise<readonly Run[]> {
  return recoverInterrupted(store).catch(() => []);
}

/** Path of the recording of a run: its id, the beginning of one, or `latest`. Throws UsageError. */
export async function runArtifact(cwd: string, name: string): Promise<string> {
  const store = storeOf(cwd);
  try {
    await recovered(store);
    const run = await store.get(name);
    const path = store.artifactPath(run);
    if (path === undefined) throw new UsageError(`The run ${run.id} holds no recording: ${WHY_NONE[run.state]}.`);
    return path;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'NoSuchRun') throw error;
    throw new UsageError(`There is no file ${JSON.stringify(name)}, and no such run: ${error.message}`);
  } finally {
    store.close();
  }
}

const WHY_NONE: Readonly<Record<RunState, string>> = {
  recording: 'it is still being recorded',
  importing: 'it is being read',
  done: 'there is none in its run.json',
  failed: 'it failed before anything was recorded',
  cancelled: 'it was cancelled before anything was recorded',
  interrupted: 'it was interrupted before anything was recorded',
};
