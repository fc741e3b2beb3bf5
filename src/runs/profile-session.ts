import { Worker } from 'node:worker_threads';
import type { QueryAnswer, QueryArguments, QueryName } from '../core/profile/queries/index.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import type { OpenOptions, OpenProgress } from './open-recording.ts';

/**
 * A recording that is open in a worker thread, which holds its tables and answers questions; the caller's own loop never does heavy
 * work. Every question gets an answer or an error; after `close` those still open are refused.
 */
export interface ProfileSession {
  ask<N extends QueryName>(name: N, args: QueryArguments<N>): Promise<QueryAnswer<N>>;
  /** Writes the profile to a file, in the format of its extension. Gives what the format can't carry, in words. */
  write(path: string, view: View): Promise<readonly string[]>;
  close(): void;
}

export interface SessionOptions extends OpenOptions {
  /** The worker's program: dist/worker.cjs, or profile-worker.ts where Node runs TypeScript. */
  readonly worker: string | URL;
  readonly signal?: AbortSignal;
  readonly progress?: (progress: OpenProgress) => void;
}

/** What a session asks its worker. */
export type ToWorker = { readonly id: number } & Question;
type Question = { readonly ask: QueryName; readonly args: unknown } | { readonly write: string; readonly view: View };

/** What the worker says. */
export type FromWorker =
  | { readonly opened: true }
  | { readonly failed: WorkerError }
  | { readonly progress: OpenProgress }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: WorkerError };

/** An error on its way between threads: what a caller may tell apart by name, and the message for a person. */
export interface WorkerError {
  readonly name: string;
  readonly message: string;
}

/** Reads and symbolizes a recording in a worker of its own. Throws what the import throws (by name), or the signal's reason. */
export async function openProfileSession(path: string, options: SessionOptions): Promise<ProfileSession> {
  const { worker: program, signal, progress, ...open } = options;
  signal?.throwIfAborted();
  const worker = new Worker(program, { workerData: { path, options: open } });
  const opened = Promise.withResolvers<void>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    opened.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (message: FromWorker) => {
    if ('progress' in message) return progress?.(message.progress);
    if ('opened' in message) return opened.resolve();
    if ('failed' in message) return end(received(message.failed));
    const question = waiting.get(message.id);
    waiting.delete(message.id);
    if ('error' in message) question?.reject(received(message.error));
    else question?.resolve(message.answer);
  });
  worker.on('error', (error) => end(error as Error));
  worker.on('exit', () => end(new Error(`The profile of ${path} was closed.`)));
  const abort = () => {
    end(signal?.reason instanceof Error ? signal.reason : new DOMException('Cancelled', 'AbortError'));
    void worker.terminate();
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await opened.promise;
  } catch (error) {
    void worker.terminate();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
  const send = (question: Question): Promise<unknown> => {
    if (ended) return Promise.reject(ended);
    const answer = Promise.withResolvers<unknown>();
    lastId++;
    waiting.set(lastId, answer);
    worker.postMessage({ id: lastId, ...question });
    return answer.promise;
  };
  return {
    ask: <N extends QueryName>(name: N, args: QueryArguments<N>) =>
      send({ ask: name, args }) as Promise<QueryAnswer<N>>,
    write: (to, view) => send({ write: to, view }) as Promise<readonly string[]>,
    close: () => void worker.terminate(),
  };
}

function received({ name, message }: WorkerError): Error {
  return Object.assign(new Error(message), { name });
}
