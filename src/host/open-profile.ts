import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { OpenProgress } from '../runs/open-recording.ts';
import { openProfileSession } from '../runs/profile-session.ts';
import type { OpenRecording } from './active-recording.ts';
import type { Host } from './host.ts';

/** What is known of a recording beside its file. */
export type RecordingFacts = Partial<Pick<OpenRecording, 'title' | 'runId' | 'recordedAt' | 'commit'>>;

/** Reads a recording in a worker, with progress and Cancel, and makes it the active one. Throws what the import throws. */
export async function openProfile(host: Host, path: string, facts: RecordingFacts = {}): Promise<OpenRecording> {
  const { mtime } = await stat(path);
  const progressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: `Opening ${basename(path)}`,
    cancellable: true,
  };
  return vscode.window.withProgress(progressOptions, async (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    const session = await openProfileSession(path, {
      worker: host.context.asAbsolutePath('dist/worker.cjs'),
      signal: cancel.signal,
      progress: reporter(progress),
    });
    try {
      const overview = await session.ask('overview', undefined);
      const recording = { title: basename(path), recordedAt: mtime, ...facts, path, session, overview };
      host.active.show(recording);
      return recording;
    } catch (error) {
      session.close();
      throw error;
    }
  });
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
