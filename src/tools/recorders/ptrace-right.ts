import type { Finding } from '../finding.ts';
import { readProc } from '../proc-stat.ts';

/**
 * What is in the way of reading another process's memory, by Yama's setting (Documentation/admin-guide/LSM/Yama.rst of the kernel):
 * undefined where nothing is known to be. What a profiler starts itself is its own to read up to level 1.
 */
export function ptraceProblem(
  isAttached: boolean,
  scope: number = ptraceScope(),
  user = process.getuid?.(),
): Finding | undefined {
  if (user === 0 ? scope < 3 : scope < (isAttached ? 1 : 2)) return undefined;
  const isFinal = scope >= 3;
  return {
    id: 'ptrace-scope',
    level: 'stops',
    what: `This user may not look into ${isAttached ? 'a process that runs already' : 'another process'}.`,
    why: `kernel.yama.ptrace_scope is ${scope}.`,
    fix: isFinal
      ? 'Nobody may until the machine is started anew with another kernel.yama.ptrace_scope.'
      : 'sudo sysctl kernel.yama.ptrace_scope=0',
    fallback: isAttached && scope === 1 ? 'A program that is started by the profiler can be recorded.' : '',
  };
}

/** 0 where the kernel has no such setting. */
function ptraceScope(): number {
  return Number(readProc('sys/kernel/yama/ptrace_scope') ?? 0);
}
