import { setTimeout as sleep } from 'node:timers/promises';
import { allPids, commandLineOf, procStat } from '../../src/tools/proc-stat.ts';

/**
 * Waits until running processes of a program have used the processor for so long: on a busy machine, however long a test waits,
 * a program may not have had its turn.
 * @param program the path of the executable, or its end
 */
export async function untilWorked(program: string, seconds: number): Promise<void> {
  const used = () =>
    allPids()
      .filter((pid) => commandLineOf(pid)[0]?.endsWith(program))
      .reduce((ticks, pid) => ticks + (procStat(pid)?.cpuTicks ?? 0), 0);
  while (used() < seconds * TICKS_PER_SECOND) await sleep(20);
}

const TICKS_PER_SECOND = 100;
