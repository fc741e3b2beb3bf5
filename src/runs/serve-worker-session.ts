import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { endAll } from '../tools/run.ts';
import type { FromWorker, ToAsk, ToWorker, WorkerError } from './worker-session.ts';

/**
 * The worker's side of worker-session.ts: opens what it was started for, then answers one question after another. When it says that it has
 * opened it, or has failed, none of the programs is left that were started for that.
 * @param open rejects soon after its signal
 * @param answer what it gives, or throws, is the answer
 */
export async function serveWorkerSession<Model, Question, Progress = unknown>(
  open: (progress: (at: Progress) => void, signal: AbortSignal) => Promise<Model>,
  answer: (model: Model, question: ToAsk<Question>) => unknown,
): Promise<void> {
  const port = parentPort!;
  const say = (message: FromWorker<Progress>) => port.postMessage(message);
  const cancel = new AbortController();
  let model: Model;
  const hear = async (message: ToWorker<Question>) => {
    if ('giveUp' in message) return cancel.abort();
    const { id } = message;
    try {
      say({ id, answer: await answer(model, message) });
    } catch (error) {
      say({ id, error: sent(error) });
    }
  };
  port.on('message', hear);
  try {
    const progress = throttled((at: Progress) => {
      say({ progress: at });
      // A file is read without a pause, in which no message arrives by itself.
      const heard = receiveMessageOnPort(port);
      if (heard) void hear(heard.message);
    });
    model = await open(progress, cancel.signal).finally(endAll);
    say({ opened: true });
  } catch (error) {
    say({ failed: sent(error) });
  }
}

const SHOWN_EVERY_MS = 50;

function throttled<T>(say: (at: T) => void): (at: T) => void {
  let last = 0;
  return (at) => {
    if (performance.now() - last < SHOWN_EVERY_MS) return;
    last = performance.now();
    say(at);
  };
}

function sent(error: unknown): WorkerError {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}
