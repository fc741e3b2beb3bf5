import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { formatAmount } from '../../../src/core/units.ts';
import { REPOSITORY } from './repository.ts';

/** What the built command line answers, as a program reads it. Throws what it complains of. */
export function askCli(folder: string, ...args: readonly string[]) {
  return JSON.parse(runBuiltCli(folder, ...args, '--json'));
}

/** Runs the built command line. */
export function runBuiltCli(folder: string, ...args: readonly string[]): string {
  const cli = join(REPOSITORY, 'dist', 'cli.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`perfwright ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** How the comparison's panel says the totals of two recordings, by the command line's figures. */
export function comparedTotals(folder: string, ...args: readonly string[]): string {
  const { before, after, value } = askCli(folder, 'diff', ...args);
  const [was, is] = [before, after].map(({ total }) => formatAmount(total, value.unit, value.type));
  return `total ${was} → ${is}`;
}
