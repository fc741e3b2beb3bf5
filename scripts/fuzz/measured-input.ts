import { getHeapStatistics } from 'node:v8';
import { type Outcome, readInput } from './read-input.ts';

/** Time of the processor that an input may take. */
const MOST_MS = 1000;
/** Memory besides the heap, which has its own limit, that an input may take: it is of at most 64 KB. */
const MOST_BUFFER_BYTES = 64 << 20;

/** Reads an input and says so where it took too much time or memory. What others on the machine take doesn't count. */
export function measuredInput(bytes: Uint8Array, isAsked: boolean): Outcome {
  const start = performance.now();
  const before = buffers();
  const outcome = readInput(bytes, isAsked);
  const taken = buffers() - before;
  if (typeof outcome === 'object') return outcome;
  if (taken > MOST_BUFFER_BYTES) return { fault: `takes ${Math.ceil(taken / 2 ** 20)} MB` };
  if (performance.now() - start < MOST_MS) return outcome;
  // The machine may have been busy, or memory been swept: only what is slow each time is slow.
  const times = [processorMs(bytes, isAsked), processorMs(bytes, isAsked)];
  const least = Math.min(...times);
  return least < MOST_MS ? outcome : { fault: `takes ${Math.round(least)} ms` };
}

function processorMs(bytes: Uint8Array, isAsked: boolean): number {
  const start = process.threadCpuUsage();
  readInput(bytes, isAsked);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

/** Bytes of this thread's buffers. Where memory is swept in between it is too few, and another input will tell. */
function buffers(): number {
  return getHeapStatistics().external_memory;
}
