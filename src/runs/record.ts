import type { Finding } from '../tools/finding.ts';
import type { RecordTarget, RecordWish } from '../tools/recorder.ts';
import { Recording } from './recording.ts';
import type { Run, RunQuality, RunSummary } from './run.ts';
import type { RunStore } from './store.ts';
import type { TargetStreams } from './watched-tool.ts';

/** Starts a recording. Everything after this call is told through the handle and the watch. */
export function recordRun(options: RecordOptions, watch: RecordWatch = {}): RecordingHandle {
  const recording = new Recording(options, watch);
  return {
    stop: () => recording.end('stop'),
    cancel: () => recording.end('cancel'),
    finished: recording.run(),
  };
}

export interface RecordOptions {
  readonly store: RunStore;
  readonly target: RecordTarget;
  /** What the run is called; from the target by default. */
  readonly title?: string;
  readonly wish?: RecordWish;
  /** What of the wish somebody asked for by name: only a tool that can follow it is taken. */
  readonly required?: readonly (keyof RecordWish)[];
  /** Name of the tool to record with; the one that suits the target by default. */
  readonly tool?: string;
  readonly durationMs?: number;
  /** How long the target may take to end when stopped, before it is killed; 3 s by default. */
  readonly graceMs?: number;
  /** Paths of tools from their settings, by name; others are looked for. */
  readonly toolPaths?: Readonly<Record<string, string>>;
  /** The watchdog's program: `watchdog.cjs` beside the product's other bundles, `watchdog.ts` where Node runs TypeScript. */
  readonly watchdog: string;
  readonly streams?: TargetStreams;
  /** Reads the recording and sums it up, in a worker. The run is in state `importing` then. */
  readonly summarise: (run: Run, path: string, signal: AbortSignal) => Promise<RunFigures>;
}

export interface RunFigures {
  readonly summary: RunSummary;
  readonly quality: RunQuality;
}

export interface RecordWatch {
  /** Called when the phase changes and about four times a second while recording. */
  progress?(progress: RecordProgress): void;
  /** Called once with what preflight found, before anything is started. */
  findings?(findings: readonly Finding[]): void;
}

export interface RecordProgress {
  readonly phase: 'preparing' | 'recording' | 'finishing' | 'importing';
  /** '' until there is one. */
  readonly runId: string;
  /** Since the tool was started; it stands still once that has ended. */
  readonly elapsedMs: number;
  /** Size of the recording so far. */
  readonly bytes: number;
}

export interface RecordingHandle {
  /** Ends the recording and keeps all of it. */
  stop(): void;
  /** Ends whatever is going on within about a second, and keeps what there is. */
  cancel(): void;
  /**
   * The run in its final state: done, failed or cancelled, with findings that say why. Rejects with CannotRecord, and without a run,
   * where nothing could be started; with an AbortError where it was ended before that; with NoSuchRun where the run was deleted meanwhile.
   */
  readonly finished: Promise<Run>;
}
