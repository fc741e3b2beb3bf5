import type { DiffQueryAnswer, DiffQueryArguments, DiffQueryName } from '../core/profile/diff/queries/index.ts';
import type { RecordingPart } from '../core/profile/operations/time-range.ts';
import type { OpenProgress } from './open-progress.ts';
import type { OpenOptions } from './open-recording.ts';
import { startWorkerSession } from './worker-session.ts';

/** Two recordings that are open in one worker thread, which holds the tables of both and answers questions about their difference. */
export interface ComparisonSession {
  ask<N extends DiffQueryName>(name: N, args: DiffQueryArguments<N>): Promise<DiffQueryAnswer<N>>;
  /** What was before is after, without reading anything again. */
  swap(): Promise<void>;
  close(): void;
}

/** One of two recordings: a file, or the part of it that was recorded in a range of time, or outside it. */
export interface ComparedPart {
  readonly path: string;
  readonly part: RecordingPart | null;
}

export interface ComparisonProgress extends OpenProgress {
  readonly side: 'before' | 'after';
}

export interface ComparisonOptions extends Omit<OpenOptions, 'name'> {
  /** The worker's program: dist/worker.cjs, or profile-worker.ts where Node runs TypeScript. */
  readonly worker: string | URL;
  readonly signal?: AbortSignal;
  readonly progress?: (progress: ComparisonProgress) => void;
}

/** What the worker is started for. */
export interface ComparisonJob {
  readonly compare: { readonly before: ComparedPart; readonly after: ComparedPart; readonly options: OpenOptions };
}

export type ComparisonQuestion = { readonly ask: DiffQueryName; readonly args: unknown } | { readonly swap: true };

/** Reads and symbolizes two recordings in a worker, one after the other; a file that is both is read once. Throws what the import throws (by name), or the signal's reason. */
export async function openComparison(
  before: ComparedPart,
  after: ComparedPart,
  { worker, signal, progress, ...options }: ComparisonOptions,
): Promise<ComparisonSession> {
  let sides = { before, after };
  const job = (): ComparisonJob => ({ compare: { ...sides, options } });
  const { send, close } = await startWorkerSession<ComparisonQuestion, ComparisonProgress>(job, {
    worker,
    signal,
    progress,
    what: 'The comparison',
  });
  return {
    ask: <N extends DiffQueryName>(name: N, args: DiffQueryArguments<N>) =>
      send({ ask: name, args }) as Promise<DiffQueryAnswer<N>>,
    async swap() {
      await send({ swap: true });
      sides = { before: sides.after, after: sides.before };
    },
    close,
  };
}
