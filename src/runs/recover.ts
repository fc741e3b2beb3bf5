import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORDERS } from '../tools/recorders/index.ts';
import { hashFile } from './hash-file.ts';
import { killLeftovers } from './leftovers.ts';
import type { Run } from './run.ts';
import type { RunStore } from './store.ts';

/**
 * Finds the runs whose recorder died, and marks them `interrupted`, with the artifact as far as it was written. Gives those it found
 * now; they can be opened like any other. A run that somebody still records, from here or elsewhere, is left alone.
 * @param failed is told of a run that can't be marked: another window may have deleted it meanwhile
 */
export async function recoverInterrupted(
  store: RunStore,
  failed: (run: Run, error: unknown) => void = () => {},
): Promise<readonly Run[]> {
  await store.sweep();
  const { runs } = await store.list({ states: ['recording', 'importing'] });
  const recovered: Run[] = [];
  for (const run of runs) {
    try {
      if (await store.isAlive(run)) continue;
      // The watchdog sees to that, unless it was killed as well.
      await killLeftovers(run.id, undefined);
      recovered.push(await store.update(await interrupted(store, run)));
    } catch (error) {
      failed(run, error);
    }
  }
  return recovered;
}

async function interrupted(store: RunStore, run: Run): Promise<Run> {
  const recorder = RECORDERS.find(({ tool }) => tool.name === run.tool.name);
  const file = run.artifacts[0]?.file ?? recorder?.writes.file ?? '';
  const path = join(store.runFolder(run.id), file);
  const holds = (await recorder?.holdsSamples(path)) ?? false;
  return {
    ...run,
    state: 'interrupted',
    end: run.end !== '' || !holds ? run.end : (await stat(path)).mtime.toISOString(),
    owner: null,
    artifacts: holds ? [{ file, ...(await hashFile(path)) }] : [],
    findings: [
      ...run.findings,
      {
        id: 'interrupted',
        level: 'limits',
        what: 'The recording was cut off.',
        why: 'The program that recorded it, the editor or the command line, ended without bringing it to its end.',
        fix: holds ? '' : 'Record again.',
        fallback: holds ? 'What was written until then can be opened.' : '',
      },
    ],
  };
}
