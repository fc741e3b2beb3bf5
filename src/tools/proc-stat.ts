import { readdirSync, readFileSync } from 'node:fs';

/** What /proc/PID/stat says of a process (proc(5)). */
export interface ProcStat {
  readonly pid: number;
  /** Name of the executable, at most 15 bytes; may hold anything, spaces and brackets too. */
  readonly name: string;
  /** One letter: R, S, D, T, Z (ended, and not yet waited for) … */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  /** User and system time used, in clock ticks of 10 ms. */
  readonly cpuTicks: number;
  /** Start, in clock ticks since boot: with the pid it names one process for as long as the machine is up. */
  readonly startTicks: number;
}

/** The state of a process, or undefined where there is none of that id. */
export function procStat(pid: number): ProcStat | undefined {
  const text = readProc(`${pid}/stat`);
  const close = text?.lastIndexOf(')') ?? -1;
  if (text === undefined || close < 0) return undefined;
  const fields = text.slice(close + 2).split(' ');
  return {
    pid,
    name: text.slice(text.indexOf('(') + 1, close),
    state: fields[0] ?? '',
    parent: Number(fields[1]),
    group: Number(fields[2]),
    cpuTicks: Number(fields[11]) + Number(fields[12]),
    startTicks: Number(fields[19]),
  };
}

/** Whether a process runs: one that has ended and was not waited for does not. With `startTicks`, whether it is still that one. */
export function isRunning(pid: number, startTicks?: number): boolean {
  const stat = procStat(pid);
  if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return false;
  return startTicks === undefined || stat.startTicks === startTicks;
}

/** Ids of all processes that can be seen. */
export function allPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The text of a file under /proc, or undefined where it is gone or may not be read. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** The command line of a process, or its name in brackets where it has none, as a thread of the kernel. */
export function commandLineOf(pid: number): string[] {
  const text = readProc(`${pid}/cmdline`) ?? '';
  if (text === '') return [`[${procStat(pid)?.name ?? ''}]`];
  return text.replace(/\0+$/, '').split('\0');
}
