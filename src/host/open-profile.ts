import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Overview } from '../core/profile/queries/overview.ts';
import type { OpenProgress } from '../runs/open-progress.ts';
import { openProfileSession, type ProfileSession } from '../runs/profile-session.ts';
import type { ActiveRecording } from './active-recording.ts';
import type { Host } from './host.ts';
import type { OpenRecording, RecordingFacts } from './open-recording.ts';
import { Problem } from './problem.ts';
import { factsOfRunFile } from './run-facts.ts';
import type { Watch } from './shared-work.ts';
import { showOpening } from './show-opening.ts';
import { toolPaths } from './tool-paths.ts';

/** Reads a recording in a worker, with progress and Cancel, and makes it the active one. Throws what the import throws. */
export async function openProfile(host: Host, path: string, facts?: Partial<RecordingFacts>): Promise<OpenRecording> {
  const recording = await readRecording(host, path, { facts });
  host.active.show(recording);
  return recording;
}

export interface ReadOptions {
  /** What is known beside the file; what its run's record says where it isn't given. */
  readonly facts?: Partial<RecordingFacts>;
  /** What shows how far it is; the host's active recording where it isn't given. */
  readonly shownBy?: ActiveRecording;
}

/**
 * The recording of a file: the one that is open, or one that is read now, once for all who wait for it. Each of them may cancel for itself.
 * Whoever wants it kept holds it at once.
 */
export async function readRecording(host: Host, path: string, options: ReadOptions = {}): Promise<OpenRecording> {
  const { mtime } = await stat(path).catch(() => {
    throw new Problem(`${path} is not there, or can't be read.`);
  });
  const known = host.recordings.find(path, mtime);
  if (known) return known;
  const facts = options.facts ?? (await factsOfRunFile(host, path));
  const described = { title: basename(path), recordedAt: mtime, ...facts, path };
  return showOpening(options.shownBy ?? host.active, described.title, (watch) =>
    host.recordings.read(path, mtime, watch, async (shared) => ({ ...described, ...(await open(host, path, shared)) })),
  );
}

export interface OpenedSession {
  readonly session: ProfileSession;
  readonly overview: Overview;
}

/** Reads what was just recorded in a worker, as `readRecording` does, and keeps what is found out of its addresses. */
export function openNewRecording(host: Host, path: string, title: string, signal: AbortSignal): Promise<OpenedSession> {
  return showOpening(host.active, title, (watch) => open(host, path, watch, true), signal);
}

async function open(
  { context }: Host,
  path: string,
  { signal, progress }: Watch<OpenProgress>,
  isNew = false,
): Promise<OpenedSession> {
  const session = await openProfileSession(path, {
    worker: context.asAbsolutePath('dist/worker.cjs'),
    toolPaths: toolPaths(),
    launches: vscode.workspace.isTrusted,
    keepsSymbols: isNew,
    signal,
    progress,
  });
  try {
    const overview = await session.ask('overview', undefined);
    signal.throwIfAborted();
    return { session, overview };
  } catch (error) {
    session.close();
    throw error;
  }
}
