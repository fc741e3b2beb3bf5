import * as vscode from 'vscode';
import { showError } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { type OpenedSession, openSession } from '../../host/open-profile.ts';
import { runFacts } from '../../host/run-facts.ts';
import type { Target } from '../../host/targets/target.ts';
import { toolPaths } from '../../host/tool-paths.ts';
import { CannotRecord } from '../../runs/cannot-record.ts';
import { type RecordingHandle, recordRun } from '../../runs/record.ts';
import type { Run } from '../../runs/run.ts';
import type { RunStore } from '../../runs/store.ts';
import { summarise } from '../../runs/summarise.ts';
import { findingsProblem, tellLimits } from './findings-problem.ts';
import { programOutput } from './program-output.ts';
import { type RecordChoice, wishOf } from './record-options.ts';
import { recordingStatus } from './recording-status.ts';

/** The recording that is being made in this window. */
export interface CurrentRecording {
  readonly title: string;
  stop(): void;
  cancel(): void;
  /** Resolves when it is over and what it gave is shown; rejects with the reason to show. */
  readonly finished: Promise<void>;
}

/**
 * Records a target from its preparation to its profile being shown.
 * @param again records it once more with other events
 */
export function startRecording(
  host: Host,
  target: Target,
  choice: RecordChoice,
  again: (events: readonly string[]) => Promise<void>,
): CurrentRecording {
  const status = recordingStatus(target.label);
  let handle: RecordingHandle | undefined;
  let wished: 'stop' | 'cancel' | undefined;

  const perform = async (): Promise<void> => {
    const [recordTarget, store] = [await target.prepare(), await host.runs.of(target.folder)];
    if (wished) return;
    let opened: OpenedSession | undefined;
    handle = recordRun(
      {
        store,
        target: recordTarget,
        title: target.kind === 'launch' || target.kind === 'task' ? target.label : undefined,
        ...wishOf(choice),
        perfPath: toolPaths()['perf'],
        watchdog: host.context.asAbsolutePath('dist/watchdog.cjs'),
        streams: programOutput(host, target.label),
        async summarise(run, path, signal) {
          opened = await openSession(host, path, run.title, signal);
          return summarise(opened.session.ask, store.workspaceFolder);
        },
      },
      {
        progress: (at) => status.update(at),
        findings: (findings) => tellLimits(host, findings),
      },
    );
    try {
      show(host, store, await handle.finished, opened);
    } catch (error) {
      opened?.session.close();
      throw error instanceof CannotRecord ? findingsProblem(error.findings, choice, again) : error;
    }
  };

  return {
    title: target.label,
    stop() {
      wished = 'stop';
      handle?.stop();
    },
    cancel() {
      wished = 'cancel';
      handle?.cancel();
    },
    finished: perform().finally(() => status.dispose()),
  };

  function show(host: Host, store: RunStore, run: Run, opened: OpenedSession | undefined): void {
    const path = store.artifactPath(run);
    if (opened && path !== undefined) {
      host.active.show({ title: run.title, recordedAt: new Date(run.start), ...runFacts(store, run), path, ...opened });
      void vscode.commands.executeCommand('perfwright.revealHottest');
    } else opened?.session.close();
    const stopping = run.findings.filter(({ level }) => level === 'stops');
    if (stopping.length > 0) showError(host, findingsProblem(stopping, choice, again));
  }
}
