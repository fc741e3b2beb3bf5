import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';

export interface BenchContext {
  readonly root: string;
  /** How often each thing is measured. */
  readonly rounds: number;
  /** Samples of the recordings that are generated. */
  readonly samples: number;
  say(line: string): void;
}

export interface Bench {
  /** What is measured against what, in one line. */
  readonly question: string;
  run(context: BenchContext): Promise<void>;
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Median, least and most of some figures. */
export function spread(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, least: sorted[0], most: sorted[sorted.length - 1] };
}

/** `1.23 s (1.20…1.31)`. */
export function spreadText({ median, least, most }: Spread, unit: string, digits = 2): string {
  return `${median.toFixed(digits)} ${unit} (${least.toFixed(digits)}…${most.toFixed(digits)})`;
}

export interface ProcessCost {
  readonly seconds: number;
  /** Largest sum of resident memory of the process and all it started, looked at every 10 ms, in bytes. */
  readonly peakBytes: number;
}

/** Runs a program with its output thrown away and tells what it took. Throws where it doesn't end with exit code 0. */
export async function processCost(argv: readonly string[], input?: string): Promise<ProcessCost> {
  const stdin = input === undefined ? undefined : openSync(input, 'r');
  const start = performance.now();
  const child = spawn(argv[0], argv.slice(1), { stdio: [stdin ?? 'ignore', 'ignore', 'pipe'] });
  if (stdin !== undefined) closeSync(stdin);
  let peakBytes = 0;
  const timer = setInterval(() => {
    if (child.pid !== undefined) peakBytes = Math.max(peakBytes, residentBytes(child.pid));
  }, 10);
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(timer));
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with exit code ${code}: ${errors.trim()}`);
  return { seconds, peakBytes };
}

/** Resident memory of a process and its descendants, in bytes; 0 where it has ended. */
function residentBytes(pid: number): number {
  try {
    const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    let sum = Number(pages) * 4096;
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
      if (children !== '') for (const child of children.split(' ')) sum += residentBytes(Number(child));
    }
    return sum;
  } catch {
    return 0;
  }
}

/** Runs a program that has to work. */
export function must(argv: readonly string[]): void {
  const { status, stderr, error } = spawnSync(argv[0], argv.slice(1), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${argv.join(' ')} didn't work: ${error?.message ?? stderr.trim()}`);
}
