import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerError } from './worker-session.ts';

/**
 * The worker's side of worker-session.ts: opens what it was started for, then answers one question after another.
 * @param answer what it gives, or throws, is the answer
 */
export async function serveWorkerSession<Model, Question, Progress = unknown>(
  open: (progress: (at: Progress) => void) => Promise<Model>,
  answer: (model: Model, question: ToWorker<Question>) => unknown,
): Promise<void> {
  const port = parentPort!;
  const say = (message: FromWorker<Progress>) => port.postMessage(message);
  try {
    const model = await open(throttled((progress) => say({ progress })));
    port.on('message', async (question: ToWorker<Question>) => {
      const { id } = question;
      try {
        say({ id, answer: await answer(model, question) });
      } catch (error) {
        say({ id, error: sent(error) });
      }
    });
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
