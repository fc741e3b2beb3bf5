import type { QueryAnswer, QueryArguments, QueryName } from '../core/profile/queries/index.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import type { OpenProgress } from './open-progress.ts';
import type { OpenOptions } from './open-recording.ts';
import { startWorkerSession } from './worker-session.ts';

/** A recording that is open in a worker thread, which holds its tables and answers questions. */
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

/** What the worker is started for. */
export interface ProfileJob {
  readonly open: { readonly path: string; readonly options: OpenOptions };
}

export type ProfileQuestion =
  | { readonly ask: QueryName; readonly args: unknown }
  | { readonly write: string; readonly view: View };

/** Reads and symbolizes a recording in a worker of its own. Throws what the import throws (by name), or the signal's reason. */
export async function openProfileSession(path: string, options: SessionOptions): Promise<ProfileSession> {
  const { worker, signal, progress, ...open } = options;
  const job: ProfileJob = { open: { path, options: open } };
  const { send, close } = await startWorkerSession<ProfileQuestion, OpenProgress>(() => job, {
    worker,
    signal,
    progress,
    what: `The profile of ${path}`,
  });
  return {
    ask: <N extends QueryName>(name: N, args: QueryArguments<N>) =>
      send({ ask: name, args }) as Promise<QueryAnswer<N>>,
    write: (to, view) => send({ write: to, view }) as Promise<readonly string[]>,
    close,
  };
}
