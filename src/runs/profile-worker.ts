import { parentPort, workerData } from 'node:worker_threads';
import { ask, type QueryArguments, type QueryName } from '../core/profile/queries/index.ts';
import { QueryModel } from '../core/profile/queries/query-model.ts';
import { type OpenOptions, type OpenProgress, openRecording } from './open-recording.ts';
import type { FromWorker, ToWorker, WorkerError } from './profile-session.ts';
import { writeRecording } from './write-recording.ts';

// The worker's side of profile-session.ts.
const port = parentPort!;
const { path, options } = workerData as { path: string; options: OpenOptions };
const say = (message: FromWorker) => port.postMessage(message);
const SHOWN_EVERY_MS = 50;

void open();

async function open(): Promise<void> {
  try {
    const model = new QueryModel(await openRecording(path, options, throttled()));
    port.on('message', (message: ToWorker) => void answer(model, message));
    say({ opened: true });
  } catch (error) {
    say({ failed: sent(error) });
  }
}

async function answer(model: QueryModel, message: ToWorker): Promise<void> {
  try {
    const given =
      'ask' in message
        ? ask(model, message.ask, message.args as QueryArguments<QueryName>)
        : await writeRecording(model, message.view, message.write, path);
    say({ id: message.id, answer: given });
  } catch (error) {
    say({ id: message.id, error: sent(error) });
  }
}

function throttled(): (progress: OpenProgress) => void {
  let last = 0;
  return (progress) => {
    if (performance.now() - last < SHOWN_EVERY_MS) return;
    last = performance.now();
    say({ progress });
  };
}

function sent(error: unknown): WorkerError {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}
