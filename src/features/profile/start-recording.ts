import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { showError } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { type OpenedSession, openNewRecording } from '../../host/open-profile.ts';
import { OpenRecording } from '../../host/open-recording.ts';
import { runFacts } from '../../host/run-facts.ts';
import { toolPaths } from '../../host/tool-paths.ts';
import { CannotRecord } from '../../runs/cannot-record.ts';
import { type RecordingHandle, recordRun } from '../../runs/record.ts';
import type { Run } from '../../runs/run.ts';
import type { RunStore } from '../../runs/store.ts';
import { summarise } from '../../runs/summarise.ts';
import { findingsProblem, tellLimits, tellOutcome } from './findings-problem.ts';
import type { ProgramOutput } from './program-output.ts';
import { type RecordChoice, wishOf } from './record-options.ts';
import { recordingStatus } from './recording-status.ts';
import type { Target } from './targets/target.ts';

/** The recording that is being made in this window. */
export interface CurrentRecording {
  readonly title: string;
  stop(): void;
  cancel(): void;
  /** Resolves when it is over and what it gave is shown; rejects with the reason to show. */
  readonly finished: Promise<void>;
}

export interface StartOptions {
  readonly choice: RecordChoice;
  readonly output: ProgramOutput;
  /** Records it once more with other events. */
  readonly again: (events: readonly string[]) => Promise<void>;
}

/** Records a target from its preparation to its profile being shown. */
export function startRecording(host: Host, target: Target, options: StartOptions): CurrentRecording {
  const { choice, output, again } = options;
  const status = recordingStatus(target.label);
  let handle: RecordingHandle | undefined;
  let isUnwanted = false;

  const perform = async (): Promise<void> => {
    const recordTarget = await target.prepare();
    const store = await host.runs.of(target.folder);
    if (isUnwanted) return;
    let opened: NewRecording | undefined;
    let told: ReadonlySet<string> = new Set();
    handle = recordRun(
      {
        store,
        target: recordTarget,
        title: target.kind === 'launch' || target.kind === 'task' ? target.label : undefined,
        ...wishOf(choice),
        toolPaths: toolPaths(),
        watchdog: host.context.asAbsolutePath('dist/watchdog.cjs'),
        streams: output.streamsOf(target.label),
        async summarise(run, path, signal) {
          const { mtime } = await stat(path);
          opened = { ...(await openNewRecording(host, path, run.title, signal)), writtenAt: mtime };
          return summarise(opened.session.ask, store.workspaceFolder);
        },
      },
      {
        progress: (at) => status.update(at),
        findings(findings) {
          told = new Set(findings.map(({ id }) => id));
          tellLimits(host, findings);
        },
      },
    );
    let run: Run;
    try {
      run = await handle.finished;
    } catch (error) {
      opened?.session.close();
      throw error instanceof CannotRecord ? findingsProblem(error.findings, choice, again) : error;
    }
    show(host, store, run, opened);
    const stopping = run.findings.filter(({ level }) => level === 'stops');
    if (stopping.length > 0) showError(host, findingsProblem(stopping, choice, again));
    else tellOutcome(run.findings.filter(({ id }) => !told.has(id)));
  };

  return {
    title: target.label,
    stop() {
      isUnwanted = true;
      handle?.stop();
    },
    cancel() {
      isUnwanted = true;
      handle?.cancel();
    },
    finished: perform().finally(() => status.dispose()),
  };
}

interface NewRecording extends OpenedSession {
  readonly writtenAt: Date;
}

/** Makes the run's recording the active one, where it could be read. */
function show(host: Host, store: RunStore, run: Run, opened: NewRecording | undefined): void {
  const path = store.artifactPath(run);
  if (!opened || path === undefined) {
    opened?.session.close();
    return;
  }
  const recording = new OpenRecording({ ...runFacts(store, run), path, ...opened });
  host.recordings.add(recording, opened.writtenAt);
  host.active.show(recording);
  void vscode.commands.executeCommand('perfwright.revealHottest');
}
