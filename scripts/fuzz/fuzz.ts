import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cutCorpus } from './cut-corpus.ts';
import { FORMATS, fixturesOf, seedsOf } from './formats.ts';
import { mutants } from './mutants.ts';
import { compareReach } from './reach.ts';
import { Reader } from './reader.ts';
import { shrinkSeeds } from './shrink.ts';
import type { BatchResult } from './worker.ts';

/** How many formats stood every input; each other one with its first fault. */
export interface FuzzResult {
  readonly passed: number;
  readonly failed: readonly string[];
}

/** Runs as the options of the command line say and gives the exit code. The last line counts formats as tests are counted. */
export async function fuzz(root: string, argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      inputs: { type: 'string' },
      format: { type: 'string', multiple: true },
      seconds: { type: 'string' },
      seed: { type: 'string' },
      shrink: { type: 'boolean', default: false },
      cuts: { type: 'boolean', default: false },
      reach: { type: 'boolean', default: false },
      step: { type: 'string', default: '1' },
    },
  });
  const formats = values.format ?? FORMATS;
  const stranger = formats.find((format) => !FORMATS.includes(format));
  if (stranger !== undefined) throw new Error(`No format is called ${stranger}. There are: ${FORMATS.join(', ')}.`);
  if (values.shrink) {
    shrinkSeeds(root, formats);
    return 0;
  }
  if (values.reach) {
    compareReach(root, formats, Number(values.inputs ?? 2000));
    return 0;
  }
  if (values.cuts) return cutCorpus(root, formats, Number(values.step));
  const seed = Number(values.seed ?? Date.now() % 2 ** 30);
  const seconds = Number(values.seconds ?? (values.inputs === undefined ? 60 : Number.POSITIVE_INFINITY));
  const inputs = Number(values.inputs ?? Number.POSITIVE_INFINITY);
  if (!(Number.isInteger(seed) && seconds > 0 && inputs > 0)) throw new Error('A number is none.');
  const result = await fuzzFormats(root, formats, { seed, inputs, end: performance.now() + seconds * 1000 });
  console.log(`${result.passed} passed, ${result.failed.length} failed, 0 skipped`);
  return result.failed.length > 0 ? 1 : 0;
}

export interface Limits {
  /** Number of the first input. */
  readonly seed: number;
  /** How many of each format. */
  readonly inputs: number;
  /** When to stop, in milliseconds. */
  readonly end: number;
}

/** What came of all inputs of one format. */
class Sum {
  readonly format: string;
  given = 0;
  inputs = 0;
  bytes = 0;
  seconds = 0;
  readonly outcomes = { unknown: 0, refused: 0, read: 0, warned: 0 };
  readonly faults: { number: number; fault: string }[] = [];

  constructor(format: string) {
    this.format = format;
  }

  add({ outcomes, faults, bytes, seconds }: BatchResult, count: number): void {
    this.inputs += count;
    this.bytes += bytes;
    this.seconds += seconds;
    for (const key of ['unknown', 'refused', 'read', 'warned'] as const) this.outcomes[key] += outcomes[key];
    this.faults.push(...faults);
  }

  /** More faults than this of one format are the same a few times over. */
  get isHopeless(): boolean {
    return this.faults.length > 20;
  }
}

const BATCH = 1000;

/** Reads wrong files of formats on all processors, and prints what came of them. */
export async function fuzzFormats(root: string, formats: readonly string[], limits: Limits): Promise<FuzzResult> {
  // Says so at once where there's nothing to start from.
  for (const format of formats) seedsOf(root, format);
  const sums = formats.map((format) => new Sum(format));
  const threads = availableParallelism();
  const amount = Number.isFinite(limits.inputs)
    ? `${limits.inputs} inputs of each`
    : 'as many inputs as there is time for';
  console.log(`${formats.length} formats, ${amount}, in ${threads} threads, from seed ${limits.seed}.`);
  let turn = 0;
  const next = (): Sum | undefined => {
    if (performance.now() > limits.end) return undefined;
    for (let tried = 0; tried < sums.length; tried++) {
      const sum = sums[turn++ % sums.length];
      if (sum.given < limits.inputs && !sum.isHopeless) return sum;
    }
    return undefined;
  };
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const reader = new Reader(root);
      for (let sum = next(); sum; sum = next()) {
        const count = Math.min(BATCH, limits.inputs - sum.given);
        const batch = { format: sum.format, first: limits.seed + sum.given, count };
        sum.given += count;
        sum.add(await reader.read(batch), count);
      }
      reader.end();
    }),
  );
  return report(root, sums);
}

function report(root: string, sums: readonly Sum[]): FuzzResult {
  console.log('format                      inputs  unknown  refused   warned    whole  bytes each  inputs/s');
  for (const { format, inputs, outcomes, bytes, seconds } of sums) {
    const cells = [inputs, outcomes.unknown, outcomes.refused, outcomes.warned, outcomes.read].map((count) =>
      String(count).padStart(9),
    );
    const each = String(Math.round(bytes / inputs)).padStart(12);
    console.log(`${format.padEnd(25)}${cells.join('')}${each}${String(Math.round(inputs / seconds)).padStart(10)}`);
  }
  for (const { format, faults } of sums) for (const fault of faults) keep(root, format, fault);
  const failed = sums
    .filter(({ faults, inputs }) => faults.length > 0 || inputs === 0)
    .map(({ format, faults }) => `${format}: ${faults[0]?.fault ?? 'no input was read'}`);
  return { passed: sums.length - failed.length, failed };
}

function keep(root: string, format: string, { number, fault }: { number: number; fault: string }): void {
  const folder = join(root, 'out', 'fuzz');
  const path = join(folder, `${format.replaceAll(/\W+/g, '-')}-${number}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, mutants(format, seedsOf(root, format), fixturesOf(root, format))(number));
  console.log(`${format}, input ${number}: ${fault}\n  kept as ${path}`);
}
