import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { GRACE_MS } from '../tools/run.ts';

/**
 * A worker thread that opens something and then answers questions about it; the caller's own loop never does heavy work. Every question gets
 * an answer or an error; after `close` those still open are refused. Where the thread dies, as of too little memory, those it was asked fail,
 * and the next is put to another thread, which opens the same anew.
 */
export interface WorkerSession<Question> {
  send(question: Question): Promise<unknown>;
  close(): void;
}

/** What a session tells its worker: to give up opening, or a question when it has opened. */
export type ToWorker<Question> = { readonly giveUp: true } | ToAsk<Question>;

export type ToAsk<Question> = { readonly id: number } & Question;

/** What the worker says. */
export type FromWorker<Progress> =
  | { readonly opened: true }
  | { readonly failed: WorkerError }
  | { readonly progress: Progress }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: WorkerError };

/** An error on its way between threads: what a caller may tell apart by name, and the message for a person. */
export interface WorkerError {
  readonly name: string;
  readonly message: string;
}

export interface WorkerSessionOptions<Progress> {
  /** The worker's program: dist/worker.cjs, or profile-worker.ts where Node runs TypeScript. */
  readonly worker: string | URL;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: Progress) => void) | undefined;
  /** What it holds, as messages call it: `The profile of a.pb`. */
  readonly what: string;
}

/** A worker that has opened its job. */
interface Opened<Question> extends WorkerSession<Question> {
  readonly isOver: () => boolean;
}

/** A worker that gives up is given longer than a program that it ends, in milliseconds. */
const GIVE_UP_MS = 2 * GRACE_MS;

/**
 * Starts a worker on its job, and waits until it has opened what the job says, as of now. Throws what that throws (by name), or, at once, the
 * signal's reason; the worker then ends the programs that it started.
 */
export async function startWorkerSession<Question, Progress>(
  job: () => unknown,
  options: WorkerSessionOptions<Progress>,
): Promise<WorkerSession<Question>> {
  const closing = new AbortController();
  let worker = await startWorker<Question, Progress>(job(), options);
  let starting: Promise<Opened<Question>> | undefined;
  const living = () => {
    if (!worker.isOver()) return undefined;
    // However many ask meanwhile, it is opened once; where that fails, the next who asks begins anew.
    starting ??= startWorker<Question, Progress>(job(), {
      worker: options.worker,
      what: options.what,
      signal: closing.signal,
    }).finally(() => {
      starting = undefined;
    });
    return starting.then((opened) => {
      worker = opened;
      if (closing.signal.aborted) worker.close();
    });
  };
  return {
    async send(question) {
      closing.signal.throwIfAborted();
      await living();
      return worker.send(question);
    },
    close() {
      closing.abort(closedError(options.what));
      worker.close();
    },
  };
}

async function startWorker<Question, Progress>(
  job: unknown,
  { worker: program, signal, progress, what }: WorkerSessionOptions<Progress>,
): Promise<Opened<Question>> {
  signal?.throwIfAborted();
  const worker = new Worker(program, { workerData: job });
  const opened = Promise.withResolvers<void>();
  /** The worker has opened it, or has failed, or is gone. */
  const settled = Promise.withResolvers<void>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let ended: Error | undefined;
  let isOpen = false;
  const lost = (why: string) => new Error(`${what} was lost: ${why}. Try again, and it is read anew.`);
  const end = (error: Error) => {
    ended ??= error;
    opened.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (message: FromWorker<Progress>) => {
    if ('progress' in message) return ended ? undefined : progress?.(message.progress);
    if ('opened' in message || 'failed' in message) settled.resolve();
    if ('opened' in message) {
      isOpen = true;
      return opened.resolve();
    }
    if ('failed' in message) return end(received(message.failed));
    const question = waiting.get(message.id);
    waiting.delete(message.id);
    if ('error' in message) question?.reject(received(message.error));
    else question?.resolve(message.answer);
  });
  worker.on('error', (error) => end(isOpen ? lost((error as Error).message) : (error as Error)));
  worker.on('exit', (code) => {
    settled.resolve();
    end(lost(`its thread ended with code ${code}`));
  });
  const abort = () => {
    worker.postMessage({ giveUp: true } satisfies ToWorker<Question>);
    end(signal?.reason instanceof Error ? signal.reason : new DOMException('Cancelled', 'AbortError'));
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await opened.promise;
  } catch (error) {
    // Terminated at once, it would leave its programs running.
    void Promise.race([settled.promise, delay(GIVE_UP_MS, undefined, { ref: false })]).then(() => worker.terminate());
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
  return {
    send(question) {
      if (ended) return Promise.reject(ended);
      const answer = Promise.withResolvers<unknown>();
      lastId++;
      waiting.set(lastId, answer);
      worker.postMessage({ id: lastId, ...question });
      return answer.promise;
    },
    close() {
      end(closedError(what));
      void worker.terminate();
    },
    isOver: () => ended !== undefined,
  };
}

function closedError(what: string): Error {
  return new Error(`${what} was closed.`);
}

function received({ name, message }: WorkerError): Error {
  return Object.assign(new Error(message), { name });
}
