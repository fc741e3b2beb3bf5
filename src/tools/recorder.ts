import type { Finding } from './finding.ts';
import type { PerfCallGraph, PerfSampling } from './perf.ts';
import type { Runtime } from './runtime.ts';
import type { Tool } from './tool.ts';
import type { LineMark } from './without-messages.ts';

/**
 * A way to record: a row of the table in recorders/index.ts. It finds out what can be had, gives the command line, and tells what the tool's
 * end means; a watchdog runs it (src/runs/recording.ts).
 */
export interface Recorder {
  readonly tool: Tool;
  /** What it leaves in the run's folder, and the format of the importer that reads that. */
  readonly writes: { readonly file: string; readonly format: string };
  /** What can be recorded: a program that is started, a process that runs already. */
  readonly takes: readonly RecordTarget['kind'][];
  /** Options of a wish that it can follow; asking for another is refused. */
  readonly follows: readonly (keyof RecordWish)[];
  /** Why it is the one to take, in a few words after the tool's name; undefined where it isn't made for such a target. */
  whyFor(target: RecordTarget, runtime: Runtime): string | undefined;
  /** Whether it is better than nothing for whatever runs. */
  readonly takesAnything: boolean;
  /** What its recordings don't show, in one sentence. */
  readonly blindTo: string;
  /** Finds out by trying what can be recorded here. Rejects with the signal's reason only. */
  prepare(target: RecordTarget, wish: RecordWish, options: PrepareOptions): Promise<Prepared>;
  /** What is left at the path of what it writes: nothing to be read, or something, as far as it came. */
  holdsSamples(path: string): Promise<boolean>;
}

/** What is recorded. */
export type RecordTarget =
  | {
      readonly kind: 'program';
      readonly argv: readonly string[];
      /** The workspace folder by default. */
      readonly cwd?: string;
      /** The whole environment; our own, less what an editor adds for itself, by default. */
      readonly env?: NodeJS.ProcessEnv;
    }
  | { readonly kind: 'process'; readonly pid: number };

/** What is wanted of a recording; what isn't given is chosen by what works here. */
export interface RecordWish {
  /** Samples a second, or one sample every so many events. */
  readonly sampling?: PerfSampling;
  /** In perf's notation: hardware cycles by default, else the processor's time (`cpu-clock`). */
  readonly events?: readonly string[];
  readonly callGraph?: PerfCallGraph;
  /** Whether threads and processes that the target starts are measured too; true by default. */
  readonly inherit?: boolean;
  /** Whether the tool compresses its file; false by default. */
  readonly compress?: boolean;
  /** Whether threads that wait are sampled as well; false by default. */
  readonly idle?: boolean;
  /** Whether functions of extensions in C, C++, Cython or Rust are shown as well; false by default. */
  readonly native?: boolean;
}

export interface PrepareOptions {
  /** Path of the tool, from its setting; else it is looked for. */
  readonly path?: string;
  /** Where the target runs; our own working directory by default. */
  readonly cwd?: string;
  /** The target's environment; our own by default. A profiler is not looked for there: a workspace's configuration may have set its PATH. */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** What of a wish can be had. */
export type Prepared = RecordPlan | { readonly ok: false; readonly findings: readonly Finding[] };

export interface RecordPlan {
  readonly ok: true;
  readonly version: string;
  /** What had to be changed, and what is good to know; none that stops. */
  readonly findings: readonly Finding[];
  /** What the tool is told that it is called, in place of its path. */
  readonly calledAs?: string;
  /** What its environment has beside the target's own; none where undefined. */
  readonly env?: Readonly<Record<string, string>>;
  /** The variable of its environment that names a folder for its temporary files, which it leaves behind where it is killed. */
  readonly scratchVariable?: string;
  /** The command line that records into a file. */
  argv(output: string): readonly string[];
  /** From when the time of a recording counts: from the tool's start, or from when there is something in its file. */
  readonly timedFrom: 'start' | 'file';
  /** How long after a stop it may take to get at what it has and write it, in milliseconds; no longer than its program may by default. */
  readonly finishMs?: number;
  /** Its own lines among what the program writes. */
  readonly messages: { readonly stdout?: LineMark; readonly stderr?: LineMark };
  /** Tells what the tool's end means. */
  outcome(ending: Ending): Promise<Outcome>;
}

/** How a tool ended. */
export interface ToolEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Processes that outlived the tool and were killed. */
  readonly strays: readonly { readonly pid: number; readonly name: string }[];
  /** The watchdog was killed; the tool was then ended from outside, and how it would have ended is not known. */
  readonly watchdogDied: boolean;
}

export interface Ending {
  readonly end: ToolEnd;
  /** Why the tool was ended, '' where it ended by itself. */
  readonly stopping: '' | 'stop' | 'cancel' | 'duration';
  /** The last part of what was written to stderr. */
  readonly stderr: string;
  /** What the tool itself said on stdout, as far as that was seen: nothing where its program has the terminal. */
  readonly said: string;
  /** Of what the tool wrote. */
  readonly path: string;
}

/** What came of a recording. */
export interface Outcome {
  readonly state: 'done' | 'failed' | 'cancelled';
  readonly findings: readonly Finding[];
  /** What the tool told of its samples, for what its file doesn't tell. */
  readonly quality?: { readonly lost?: number };
}
