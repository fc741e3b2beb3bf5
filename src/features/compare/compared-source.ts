import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { momentWords, type RecordingPart } from '../../core/profile/operations/time-range.ts';
import type { Host } from '../../host/host.ts';
import { Problem } from '../../host/problem.ts';
import { runFacts } from '../../host/run-facts.ts';
import type { ComparedPart } from '../../runs/comparison-session.ts';
import type { Environment } from '../../runs/environment.ts';
import type { Run } from '../../runs/run.ts';
import type { RunStore } from '../../runs/store.ts';

/** One of the two that are compared: where it is, and what is known of it beside its file. */
export interface ComparedSource extends ComparedPart {
  readonly title: string;
  readonly recordedAt: Date;
  /** The run it belongs to, where it was made here. */
  readonly runId?: string;
  readonly environment: Environment | null;
}

/** A file that any importer knows. */
export async function fileSource(path: string): Promise<ComparedSource> {
  const { mtime } = await stat(path).catch(() => {
    throw new Problem(`${path} is not there, or can't be read.`);
  });
  return { path, part: null, title: basename(path), recordedAt: mtime, environment: null };
}

export function runSource(store: RunStore, run: Run): ComparedSource {
  const path = store.artifactPath(run);
  if (path === undefined) throw new Problem(`${run.title} holds no recording: ${run.state}.`);
  const { title = run.title, recordedAt = new Date(run.start) } = runFacts(store, run);
  return { path, part: null, title, recordedAt, runId: run.id, environment: run.environment };
}

/** The recording that every surface shows; undefined without one. */
export async function activeSource(host: Host): Promise<ComparedSource | undefined> {
  const { current } = host.active;
  if (!current) return undefined;
  const { path, title, recordedAt, runId } = current;
  const run = runId === undefined ? undefined : await findRun(host, runId);
  const environment = run?.run.environment ?? null;
  return { path, part: null, title, recordedAt, ...(runId === undefined ? {} : { runId }), environment };
}

/** A part of a source by time. */
export function partOf(source: ComparedSource, part: RecordingPart): ComparedSource {
  const { from, to } = part.range;
  const range = `${from ? momentWords(from) : ''}..${to ? momentWords(to) : ''}`;
  return { ...source, part, title: `${source.title} · ${part.isRest ? `without ${range}` : range}` };
}

/** The one that was recorded first, and the other. */
export function byTime(a: ComparedSource, b: ComparedSource): { before: ComparedSource; after: ComparedSource } {
  return b.recordedAt < a.recordedAt ? { before: b, after: a } : { before: a, after: b };
}

/** A run of the open folders. */
export async function findRun({ runs }: Host, id: string): Promise<{ store: RunStore; run: Run } | undefined> {
  for (const store of runs.all()) {
    const run = await store.get(id).catch(() => undefined);
    if (run) return { store, run };
  }
  return undefined;
}

/** What is remembered of a source over a reload of the window: plain data. */
export interface RememberedSource extends ComparedPart {
  readonly runId?: string;
}

export function remembered({ path, part, runId }: ComparedSource): RememberedSource {
  return { path, part, ...(runId === undefined ? {} : { runId }) };
}

export async function recalled(host: Host, { path, part, runId }: RememberedSource): Promise<ComparedSource> {
  const found = runId === undefined ? undefined : await findRun(host, runId);
  const source = found ? runSource(found.store, found.run) : await fileSource(path);
  return part ? partOf(source, part) : source;
}
