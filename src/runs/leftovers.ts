import { setTimeout as sleep } from 'node:timers/promises';
import { allPids, isRunning, procStat, readProc } from '../tools/proc-stat.ts';

/** Environment variable that all processes of a run carry, however they were started from it; its value is the run's id. */
export const RUN_MARK = 'PERFWRIGHT_RUN';

export interface Leftover {
  readonly pid: number;
  readonly name: string;
}

/**
 * The running processes of a run: those of its group, those that carry its mark, and all that descend from these, save `except`.
 * A process that left the group, cleared its environment and lost its parent can't be told from any other.
 */
export function leftoversOf(runId: string, group: number | undefined, except: readonly number[] = []): Leftover[] {
  const mark = `${RUN_MARK}=${runId}`;
  const stats = allPids().flatMap((pid) => procStat(pid) ?? []);
  const ours = new Set<number>();
  for (const { pid, group: itsGroup } of stats) {
    if (itsGroup === group || readProc(`${pid}/environ`)?.split('\0').includes(mark)) ours.add(pid);
  }
  for (let before = 0; before !== ours.size; ) {
    before = ours.size;
    for (const { pid, parent } of stats) if (ours.has(parent)) ours.add(pid);
  }
  return stats.filter(({ pid }) => ours.has(pid) && !except.includes(pid) && pid !== process.pid && isRunning(pid));
}

/** Kills them, and those that start meanwhile, until none is left; gives those it killed. */
export async function killLeftovers(
  runId: string,
  group: number | undefined,
  except: readonly number[] = [],
): Promise<Leftover[]> {
  const killed = new Map<number, Leftover>();
  for (let round = 0; round < 50; round++) {
    const left = leftoversOf(runId, group, except);
    if (left.length === 0) break;
    for (const { pid, name } of left) {
      killed.set(pid, { pid, name });
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Ended by itself, or of another user since it changed its own: then not ours to end.
      }
    }
    await sleep(10);
  }
  return [...killed.values()];
}
