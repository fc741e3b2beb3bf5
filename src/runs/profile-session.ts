import type { QueryAnswer, QueryArguments, QueryName } from '../core/profile/queries/index.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import { canGiveUp, type GiveUp, giveUp } from './give-up.ts';
import type { OpenProgress } from './open-progress.ts';
import type { OpenOptions } from './open-recording.ts';
import { startWorkerSession } from './worker-session.ts';

/** A recording that is open in a worker thread, which holds its tables and answers questions. */
export interface ProfileSession {
  ask<N extends QueryName>(name: N, args: QueryArguments<N>): Promise<QueryAnswer<N>>;
  /**
   * Writes the profile to a file, in the format of its extension. Gives what the format can't carry, in words. Throws, at once, the signal's
   * reason; there is no such file then, or it is as it was.
   */
  write(path: string, view: View, signal?: AbortSignal): Promise<readonly string[]>;
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
  | { readonly write: string; readonly view: View; readonly work: GiveUp };

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
    async write(to, view, signal) {
      const work = canGiveUp();
      const givenUp = Promise.withResolvers<never>();
      const abort = () => {
        if (giveUp(work)) givenUp.reject(signal?.reason);
      };
      signal?.throwIfAborted();
      signal?.addEventListener('abort', abort);
      try {
        return (await Promise.race([givenUp.promise, send({ write: to, view, work })])) as readonly string[];
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
    close,
  };
}
