import { Worker } from 'node:worker_threads';
import type { Batch, BatchResult, WorkerStart } from './worker.ts';

/** How long one input may be read before its thread is ended. Far more than it may take: the machine may be busy. */
const HANG_MS = 30_000;
const LARGEST_HEAP_MB = 512;

/** A thread that reads batches, one at a time. Where an input hangs or fills the heap, the thread ends and another goes on. */
export class Reader {
  readonly #root: string;
  #current = sharedNumber();
  #worker: Worker | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  async read(batch: Batch): Promise<BatchResult> {
    const faults: { number: number; fault: string }[] = [];
    let { first } = batch;
    const end = batch.first + batch.count;
    while (first < end) {
      const done = await this.#attempt({ ...batch, first, count: end - first });
      if (typeof done !== 'string') return { ...done, faults: [...faults, ...done.faults] };
      const number = this.#current[0];
      // Alone, in a thread of its own: what others left behind is no fault of this input.
      const alone = await this.#attempt({ ...batch, first: number, count: 1 });
      if (typeof alone === 'string') faults.push({ number, fault: alone });
      else faults.push(...alone.faults);
      first = number + 1;
    }
    return { outcomes: { unknown: 0, refused: 0, read: 0, warned: 0 }, faults, bytes: 0, seconds: 0 };
  }

  end(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** What came of a batch, or in words what ended the thread. */
  #attempt(batch: Batch): Promise<BatchResult | string> {
    const worker = this.#worker ?? this.#start();
    this.#worker = worker;
    this.#current[0] = batch.first;
    return new Promise((resolve) => {
      let seen = this.#current[0];
      let since = performance.now();
      const timer = setInterval(() => {
        const now = performance.now();
        if (this.#current[0] !== seen) [seen, since] = [this.#current[0], now];
        else if (now - since > HANG_MS) settle(`is not done after ${HANG_MS / 1000} s`);
      }, 500);
      const onError = (error: unknown) => settle(`ended its thread: ${error}`);
      const settle = (result: BatchResult | string) => {
        clearInterval(timer);
        worker.off('message', settle);
        worker.off('error', onError);
        if (typeof result === 'string') this.end();
        resolve(result);
      };
      worker.on('message', settle);
      worker.on('error', onError);
      worker.postMessage(batch);
    });
  }

  #start(): Worker {
    const workerData: WorkerStart = { root: this.#root, current: this.#current };
    return new Worker(new URL('./worker.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: LARGEST_HEAP_MB },
    });
  }
}

function sharedNumber(): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8));
}
