import { parentPort, workerData } from 'node:worker_threads';
import { fixturesOf, seedsOf } from './formats.ts';
import { measuredInput } from './measured-input.ts';
import { mutants } from './mutants.ts';
import type { Outcome } from './read-input.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly root: string;
  /** The number of the input that is read, of one at a time: see at a hang which it was. */
  readonly current: Float64Array;
}

/** Inputs to read: those of a format with numbers from `first`. */
export interface Batch {
  readonly format: string;
  readonly first: number;
  readonly count: number;
}

export interface BatchResult {
  readonly outcomes: Readonly<Record<Exclude<Outcome, object>, number>>;
  readonly faults: readonly { readonly number: number; readonly fault: string }[];
  readonly bytes: number;
  /** Time of the processor: what others on the machine take doesn't count. */
  readonly seconds: number;
}

/** Of so many inputs that are read one is asked what the views ask: that is the same for all formats, and slower than reading. */
const ASKED = 20;

const { root, current } = workerData as WorkerStart;
const inputs = new Map<string, (number: number) => Uint8Array>();

parentPort!.on('message', ({ format, first, count }: Batch) => {
  const input = inputs.get(format) ?? mutants(format, seedsOf(root, format), fixturesOf(root, format));
  inputs.set(format, input);
  const outcomes = { unknown: 0, refused: 0, read: 0, warned: 0 };
  const faults: { number: number; fault: string }[] = [];
  let bytes = 0;
  const start = process.threadCpuUsage();
  for (let number = first; number < first + count; number++) {
    current[0] = number;
    const content = input(number);
    bytes += content.length;
    const outcome = measuredInput(content, number % ASKED === 0);
    if (typeof outcome === 'string') outcomes[outcome]++;
    else faults.push({ number, fault: outcome.fault });
  }
  const { user, system } = process.threadCpuUsage(start);
  const result: BatchResult = { outcomes, faults, bytes, seconds: (user + system) / 1e6 };
  parentPort!.postMessage(result);
});
