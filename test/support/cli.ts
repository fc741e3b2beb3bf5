import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const MAIN = join(ROOT, 'src', 'cli', 'main.ts');

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a person would, in a folder of its own. */
export async function cli(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  stdin?: Uint8Array,
): Promise<CliResult> {
  const { child, ended } = startCli(cwd, args, env, stdin === undefined ? 'ignore' : 'pipe');
  // It may end before it has read all.
  child.stdin?.on('error', () => {}).end(stdin);
  return ended;
}

/** Starts it, so that a test can send signals meanwhile. */
export function startCli(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  stdin: 'ignore' | 'pipe' = 'ignore',
): { child: ChildProcess; ended: Promise<CliResult> } {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: [stdin, 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended };
}
