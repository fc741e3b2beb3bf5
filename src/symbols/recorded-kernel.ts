import { readFileSync } from 'node:fs';
import { hostname, release } from 'node:os';
import type { Origin } from '../core/profile/profile.ts';
import { buildIdInNotes } from './elf.ts';
import { readKallsyms, readRunningKernel } from './kallsyms.ts';
import { isSameBuildId } from './module-files.ts';
import type { SymbolTable } from './symbol-table.ts';

/** Symbols of the kernel that a recording was made under. */
export interface RecordedKernel {
  readonly symbols: SymbolTable;
  /** How much higher the kernel lies now than it lay then: a kernel is put elsewhere each time it starts. */
  readonly shift: number;
}

/**
 * The running kernel's symbols, if it is the one that a recording was made under; else why not, in a sentence. It is known by its
 * build-id; without one, as perf leaves it out of what it compresses or pipes, by its release and by where it lies.
 */
export function recordedKernel(origin: Origin, buildId: string, running = runningKernel()): RecordedKernel | string {
  const isOther = buildId !== '' && !isSameBuildId(buildId, running.buildId);
  if (isOther) return OTHER;
  const symbols = running.kallsyms && readKallsyms(running.kallsyms);
  if (!symbols) return HIDDEN;
  const [address, symbol] = origin.kernelAnchor.split(' ');
  const now = symbol === undefined ? undefined : addressOf(symbol, running.kallsyms!);
  if (buildId !== '') {
    const shift = now === undefined ? 0 : Number(BigInt.asIntN(64, now - BigInt(`0x${address}`)));
    return { symbols, shift };
  }
  if (now === undefined || origin.kernelRelease === '') return UNKNOWN;
  const isHere = origin.hostname === '' || origin.hostname === running.hostname;
  const isSame = isHere && origin.kernelRelease === running.release && now === BigInt(`0x${address}`);
  return isSame ? { symbols, shift: 0 } : OTHER;
}

/** Whether a recording was made under the kernel that is running: by its build-id, or else by its release on this machine. */
export function isRunningKernel(origin: Origin, buildId: string): boolean {
  if (buildId !== '') return isSameBuildId(buildId, runningBuildId());
  return origin.hostname === hostname() && origin.kernelRelease === release();
}

export interface RunningKernel {
  readonly buildId: string;
  readonly release: string;
  readonly hostname: string;
  /** undefined where it can't be read. */
  readonly kallsyms: Buffer | undefined;
}

const OTHER = "Kernel functions of this recording can't be named: it is of another kernel than the one running here.";
const UNKNOWN =
  "Kernel functions of this recording can't be named: it doesn't say which kernel it is of, as where its end is missing.";
const HIDDEN =
  "Kernel functions can't be named: /proc/kallsyms hides its addresses. As root, or with `sysctl kernel.kptr_restrict=0`, it shows them.";

/** Address of a symbol, by the line of the list that has it: `ffffffff81000000 T _text`. */
function addressOf(symbol: string, kallsyms: Buffer): bigint | undefined {
  for (const type of 'Tt') {
    const at = kallsyms.indexOf(` ${type} ${symbol}\n`);
    if (at >= 16) return BigInt(`0x${kallsyms.toString('latin1', at - 16, at)}`);
  }
  return undefined;
}

function runningKernel(): RunningKernel {
  return { buildId: runningBuildId(), release: release(), hostname: hostname(), kallsyms: readRunningKernel() };
}

function runningBuildId(): string {
  try {
    // The kernel's notes are in this machine's byte order.
    return buildIdInNotes(readFileSync('/sys/kernel/notes'), true);
  } catch {
    return '';
  }
}
