import { fileURLToPath } from 'node:url';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import { openRecording } from '../../src/runs/open-recording.ts';
import type { RunFigures } from '../../src/runs/record.ts';
import { summarise } from '../../src/runs/summarise.ts';
import { allPids, commandLineOf, isRunning, readProc } from '../../src/tools/proc-stat.ts';

export const WATCHDOG = fileURLToPath(new URL('../../src/runs/watchdog.ts', import.meta.url));

/** Figures as the import would give them. */
export function figuresOf(samples: number): RunFigures {
  return {
    summary: { samples, values: [{ type: 'samples', unit: 'count', total: samples }], top: [] },
    quality: { lost: 0, brokenStacks: 0, unresolvedShare: 0, workspaceShare: 1, warnings: [] },
  };
}

/** What a recording holds, as it is summed up for a run. */
export async function summed(path: string, folder: string): Promise<RunFigures> {
  const model = new QueryModel(await openRecording(path));
  return summarise((name, args) => ask(model, name, args), folder);
}

/** Running processes with this in their environment, by pid and command line. */
export function processesMarked(mark: string): string[] {
  return allPids()
    .filter((pid) => readProc(`${pid}/environ`)?.split('\0').includes(mark) && isRunning(pid))
    .map((pid) => `${pid} ${commandLineOf(pid).join(' ')}`);
}
