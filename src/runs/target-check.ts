import { statSync } from 'node:fs';
import type { Finding } from '../tools/finding.ts';
import { isRunning } from '../tools/proc-stat.ts';
import { startProblem } from '../tools/run-failure.ts';

/** What is in the way of starting a program, or of attaching to a process; undefined where nothing can be seen. */
export function programProblem(argv: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Finding | undefined {
  const problem = startProblem(argv, cwd, env);
  return problem && { ...STOPS, id: `program-${problem.kind}`, what: problem.message };
}

/** @param user the user who attaches */
export function processProblem(pid: number, user = process.getuid?.()): Finding | undefined {
  if (!Number.isSafeInteger(pid) || pid < 1 || !isRunning(pid)) {
    return {
      ...STOPS,
      id: 'process-gone',
      what: `There is no running process ${pid}.`,
      fix: 'Choose one that is running.',
    };
  }
  const owner = statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid;
  if (user === 0 || owner === user || owner === undefined) return undefined;
  return {
    ...STOPS,
    id: 'process-of-another-user',
    what: `The process ${pid} belongs to another user (${owner}).`,
    why: 'The kernel lets a user measure their own processes only.',
    fix: 'Attach as that user, or as root.',
  };
}

const STOPS = { level: 'stops', why: '', fix: '', fallback: '' } as const;
