import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Overview } from '../core/profile/queries/overview.ts';
import type { OpenProgress } from '../runs/open-recording.ts';
import { openProfileSession, type ProfileSession } from '../runs/profile-session.ts';
import type { ActiveRecording } from './active-recording.ts';
import type { Host } from './host.ts';
import { type Look, OpenRecording, type ReadRecording, type RecordingFacts } from './open-recording.ts';
import { Problem } from './problem.ts';
import { factsOfRunFile } from './run-facts.ts';
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
  /** How it is looked at first. */
  readonly look?: (read: ReadRecording) => Promise<Look | undefined>;
}

/** The recording of a file: the one that is open, or one that is read now. Whoever wants it kept holds it. */
export async function readRecording(host: Host, path: string, options: ReadOptions = {}): Promise<OpenRecording> {
  const { mtime } = await stat(path).catch(() => {
    throw new Problem(`${path} is not there, or can't be read.`);
  });
  const known = host.recordings.find(path, mtime);
  if (known) return known;
  const facts = options.facts ?? (await factsOfRunFile(host, path));
  const { context } = host;
  const opened = await openSession({ context, active: options.shownBy ?? host.active }, path, facts.title);
  const read = { title: basename(path), recordedAt: mtime, ...facts, path, ...opened };
  const recording = new OpenRecording(read, await options.look?.(read));
  host.recordings.add(recording, mtime);
  return recording;
}

export interface OpenedSession {
  readonly session: ProfileSession;
  readonly overview: Overview;
}

/** Time after which it is said what one is waiting for, in milliseconds. */
const PATIENCE_MS = 400;

/** Reads a recording in a worker. Where that takes longer, a notification shows how far it is, with Cancel; so does whoever watches `active`. */
export async function openSession(
  { context, active }: Pick<Host, 'context' | 'active'>,
  path: string,
  title = basename(path),
  signal?: AbortSignal,
  { isNew = false } = {},
): Promise<OpenedSession> {
  const cancel = new AbortController();
  let report: (at: OpenProgress) => void = () => {};
  const watched = { title, progress: undefined, cancel: () => cancel.abort() };
  active.setOpening(watched);
  const opening = open(path, {
    worker: context.asAbsolutePath('dist/worker.cjs'),
    toolPaths: toolPaths(),
    launches: vscode.workspace.isTrusted,
    keepsSymbols: isNew,
    signal: signal ? AbortSignal.any([signal, cancel.signal]) : cancel.signal,
    progress: (at) => {
      report(at);
      active.setOpening({ ...watched, progress: at });
    },
  }).finally(() => active.setOpening(undefined));
  const isQuick = await Promise.race([opening.then(...BOTH), delay(PATIENCE_MS, false)]);
  if (isQuick) return opening;
  const options = { location: vscode.ProgressLocation.Notification, title: `Opening ${title}`, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(() => cancel.abort());
    report = reporter(progress);
    return opening;
  });
}

const BOTH = [() => true, () => true] as const;

async function open(path: string, options: Parameters<typeof openProfileSession>[1]): Promise<OpenedSession> {
  const session = await openProfileSession(path, options);
  try {
    return { session, overview: await session.ask('overview', undefined) };
  } catch (error) {
    session.close();
    throw error;
  }
}

const STAGES: Readonly<Record<OpenProgress['stage'], { title: string; from: number; percent: number }>> = {
  reading: { title: 'reading', from: 0, percent: 50 },
  symbols: { title: 'looking up symbols', from: 50, percent: 50 },
};

function reporter(progress: vscode.Progress<{ message: string; increment: number }>): (at: OpenProgress) => void {
  let shown = 0;
  return ({ stage, done, at }) => {
    const { title, from, percent } = STAGES[stage];
    const reached = from + done * percent;
    progress.report({
      message: at ? `${title} of ${basename(at)}` : title,
      increment: Math.max(0, reached - shown),
    });
    shown = Math.max(shown, reached);
  };
}
