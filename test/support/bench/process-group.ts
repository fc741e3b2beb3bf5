import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A program and all it starts, none of which outlives this process, however this process ends. */
export type ProcessGroup = { readonly pid: number; readonly exited: Promise<void>; end(): Promise<void> };

/**
 * Starts a program in a process group of its own. A guard in the same group ends all of it when the program ends,
 * when end() is called, and when this process dies, even by SIGKILL: its end of the pipe then closes.
 * @param logFile gets what the program writes
 */
export function startProcessGroup(
  command: string,
  args: string[],
  { logFile, cwd, env }: { logFile: string; cwd: string; env: NodeJS.ProcessEnv },
): ProcessGroup {
  const log = openSync(logFile, 'a');
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', command, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  const { pid, stdin } = child;
  if (pid === undefined || stdin === null) throw new Error(`/bin/sh couldn't be started to run ${command}`);
  // Writing to a guard that has ended by itself is no error of ours.
  stdin.on('error', () => {});
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async () => {
    stdin.end();
    await exited;
  };
  return { pid, exited, end };
}

const GUARD = '("$@" </dev/null; kill -KILL 0) & read -r _; kill -KILL 0';
