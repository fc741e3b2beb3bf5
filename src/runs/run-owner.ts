import { readlinkSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isRunning, procStat, readProc } from '../tools/proc-stat.ts';
import type { Run, RunOwner } from './run.ts';

/** These processes, as the owner of a run. Those that don't run are left out. */
export function ownerOf(pids: readonly number[]): RunOwner {
  const processes = pids.flatMap((pid) => {
    const stat = procStat(pid);
    return stat === undefined ? [] : [{ pid, startTicks: stat.startTicks }];
  });
  return { host: hostname(), boot: thisBoot(), pidNamespace: thisPidNamespace(), processes };
}

/**
 * Whether anybody still writes a run. The processes of another machine or container can't be seen from here; there the owner
 * touches run.json every HEARTBEAT_MS, and counts as dead when it hasn't for a minute.
 */
export async function isOwnerAlive({ id, owner }: Run, runFile: string): Promise<boolean> {
  if (owner !== null && owner.host === hostname() && owner.boot !== thisBoot()) return false;
  if (owner !== null && owner.boot === thisBoot() && owner.pidNamespace === thisPidNamespace()) {
    return owner.processes.some(
      ({ pid, startTicks }) => isRunning(pid, startTicks) && (pid !== process.pid || ours.has(id)),
    );
  }
  const { mtimeMs } = await stat(runFile);
  return Date.now() - mtimeMs < 12 * HEARTBEAT_MS;
}

/** How often the owner of a run touches its run.json, in milliseconds. */
export const HEARTBEAT_MS = 5000;

/** Says that this process writes a run from now on: one it has let go of, without a word in run.json, isn't alive for its being alive. */
export function claim(id: string): void {
  ours.add(id);
}

export function release(id: string): void {
  ours.delete(id);
}

const ours = new Set<string>();

function thisBoot(): string {
  return readProc('sys/kernel/random/boot_id')?.trim() ?? '';
}

function thisPidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
