import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { allPids, commandLineOf, procStat, readProc } from './proc-stat.ts';

/** A running process that could be attached to. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** Name of its executable, at most 15 bytes. */
  readonly name: string;
  readonly argv: readonly string[];
  /** Milliseconds since 1970; right to about a second. */
  readonly startMs: number;
  /** Processor time used so far, in milliseconds. */
  readonly cpuMs: number;
}

/**
 * The running processes of this user, or of all users for root, in order of pid; this process and threads of the kernel are left out.
 * One that ends while it is being looked at is left out as well. Others have their turn in between: there may be thousands.
 */
export async function listProcesses(): Promise<ProcessInfo[]> {
  const user = process.getuid?.();
  const bootMs = Number(/^btime (\d+)$/m.exec(readProc('stat') ?? '')?.[1] ?? Number.NaN) * 1000;
  const found: ProcessInfo[] = [];
  for (const [index, pid] of allPids()
    .sort((a, b) => a - b)
    .entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const stat = procStat(pid);
    if (stat === undefined || stat.state === 'Z' || pid === process.pid || isOfKernel(pid, stat.parent)) continue;
    const owner = statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid;
    if (owner === undefined || (user !== 0 && owner !== user)) continue;
    found.push({
      pid,
      parent: stat.parent,
      name: stat.name,
      argv: commandLineOf(pid),
      startMs: bootMs + stat.startTicks * TICK_MS,
      cpuMs: stat.cpuTicks * TICK_MS,
    });
  }
  return found;
}

/** Processes that are looked at without a pause: a few milliseconds' worth. */
const AT_ONCE = 16;
/** Linux counts times for /proc in hundredths of a second on every architecture (USER_HZ). */
const TICK_MS = 10;
/** The process that all threads of the kernel descend from. */
const KTHREADD = 2;

function isOfKernel(pid: number, parent: number): boolean {
  return (pid === KTHREADD || parent === KTHREADD) && readProc(`${pid}/cmdline`) === '';
}
