import type * as vscode from 'vscode';
import type { ActiveRecording } from './active-recording.ts';
import type { OpenRecordings } from './open-recordings.ts';
import type { RunStores } from './run-stores.ts';
import type { Sources } from './sources.ts';

/** What every feature is given. */
export interface Host {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly active: ActiveRecording;
  /** Everything that is open, the active one among it. */
  readonly recordings: OpenRecordings;
  /** The active recording's source files in this workspace. */
  readonly sources: Sources;
  readonly runs: RunStores;
}

/** A part of the extension that a person can see; it registers what it contributes and adds to `context.subscriptions`. */
export type Feature = (host: Host) => void;
