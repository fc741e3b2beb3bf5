import type { Finding } from '../tools/finding.ts';
import type { Environment } from './environment.ts';

/** A recording that was made or taken in here, as `run.json` holds it. Times are ISO 8601 in UTC. */
export interface Run {
  readonly schema: typeof RUN_SCHEMA;
  readonly id: string;
  /** What was measured: `cpu` for a profile of samples. */
  readonly kind: string;
  /** What a person knows it by, such as `matrix 400`. */
  readonly title: string;
  readonly state: RunState;
  readonly tool: { readonly name: string; readonly version: string };
  /** The tool's whole command line. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly target: RunTarget;
  readonly start: string;
  /** When the tool ended; '' while it hasn't. */
  readonly end: string;
  /** How the tool ended; perf ends as its program did. null while it hasn't, or where nobody saw it. */
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
  /** Why there is less than was asked for: the reason it failed, and what preflight had to change. */
  readonly findings: readonly Finding[];
  readonly environment: Environment | null;
  /** Files in the run's folder, as the tool wrote them. */
  readonly artifacts: readonly Artifact[];
  readonly summary: RunSummary | null;
  readonly quality: RunQuality | null;
  /** Source files that differed from the commit, with their text at the start. */
  readonly sources: readonly SourceCopy[];
  /** The processes that write this run while its state is `recording` or `importing`. */
  readonly owner: RunOwner | null;
}

export const RUN_SCHEMA = 'perfwright.run/1';

/**
 * `done`, `failed`, `cancelled` and `interrupted` (its recorder died) are final; each of them may hold artifacts and a summary.
 */
export const RUN_STATES = ['recording', 'importing', 'done', 'failed', 'cancelled', 'interrupted'] as const;
export type RunState = (typeof RUN_STATES)[number];

export type RunTarget =
  | { readonly kind: 'program'; readonly argv: readonly string[] }
  | { readonly kind: 'process'; readonly pid: number; readonly argv: readonly string[] }
  | { readonly kind: 'file'; readonly path: string };

export interface Artifact {
  /** Name within the run's folder; never a path. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal SHA-256 of its content; '' where it wasn't computed. */
  readonly sha256: string;
}

/** What a list of runs shows of one without opening its artifact. */
export interface RunSummary {
  readonly samples: number;
  readonly values: readonly { readonly type: string; readonly unit: string; readonly total: number }[];
  /** Hottest functions by self cost of the default value, most first; a handful. */
  readonly top: readonly RunTopRow[];
}

export interface RunTopRow {
  readonly function: string;
  /** '' where it isn't known. */
  readonly file: string;
  readonly line: number;
  readonly self: number;
  readonly total: number;
}

/** What is known against the data; null where it can't be known. */
export interface RunQuality {
  readonly lost: number | null;
  readonly brokenStacks: number | null;
  readonly unresolvedShare: number | null;
  readonly workspaceShare: number | null;
  readonly warnings: readonly string[];
}

export interface SourceCopy {
  /** Path from the workspace folder, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
  /** Where the text is within the run's folder: `sources/<sha256>`. */
  readonly file: string;
}

export interface RunOwner {
  readonly host: string;
  /** Id of the boot (/proc/sys/kernel/random/boot_id) that the ids below belong to. */
  readonly boot: string;
  /** Namespace of the ids (`pid:[4026531836]`): a container's ids mean nothing outside it. */
  readonly pidNamespace: string;
  readonly processes: readonly { readonly pid: number; readonly startTicks: number }[];
}

/** Whether nothing more will be written to the run. */
export function isFinal(state: RunState): boolean {
  return state !== 'recording' && state !== 'importing';
}
