import * as vscode from 'vscode';
import type { Overview } from '../core/profile/queries/overview.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import type { GitState } from '../runs/git-state.ts';
import type { OpenProgress } from '../runs/open-recording.ts';
import type { ProfileSession } from '../runs/profile-session.ts';

/** A recording that is open, and how it is looked at. */
export interface OpenRecording {
  /** What to call it: `sample · 23 Nov 10:02`. */
  readonly title: string;
  /** The file it was read from. */
  readonly path: string;
  /** The run it belongs to, where it was made here. */
  readonly runId?: string;
  /** When the recording was started, or, where that isn't known, when its file was written. */
  readonly recordedAt: Date;
  /** The repository of its sources as it was, where that is known. */
  readonly git?: GitState;
  /** Copies of source files as they were when it was made, by the file's absolute path: those that differed from the commit. */
  readonly sourceCopies?: ReadonlyMap<string, string>;
  readonly session: ProfileSession;
  readonly overview: Overview;
}

/** A recording that is being read. */
export interface Opening {
  readonly title: string;
  /** Undefined until anything is known. */
  readonly progress: OpenProgress | undefined;
  cancel(): void;
}

/** What shares are of: everything in the recording, or only what is in view (this thread). */
export type ShareOf = 'all' | 'view';

/** The one recording that every surface shows, and the view of it. */
export class ActiveRecording implements vscode.Disposable {
  #current: OpenRecording | undefined;
  #view: View | undefined;
  #shareOf: ShareOf = 'view';
  #opening: Opening | undefined;
  readonly #changed = new vscode.EventEmitter<'recording' | 'view'>();
  readonly #openingChanged = new vscode.EventEmitter<void>();

  /** Another recording (or none), or another view of the same. */
  readonly onDidChange = this.#changed.event;
  /** Something is being read, has come further, or has ended. */
  readonly onDidChangeOpening = this.#openingChanged.event;

  get current(): OpenRecording | undefined {
    return this.#current;
  }

  /** How the current recording is looked at; `undefined` without one. */
  get view(): View | undefined {
    return this.#view;
  }

  get shareOf(): ShareOf {
    return this.#shareOf;
  }

  /** What is being read now; the last where there are several. */
  get opening(): Opening | undefined {
    return this.#opening;
  }

  /** Says what is being read and how far it is; `undefined` when it has ended. */
  setOpening(opening: Opening | undefined): void {
    this.#opening = opening;
    this.#openingChanged.fire();
  }

  /** Shows another recording everywhere, or none. The former one's session is closed. */
  show(recording: OpenRecording | undefined): void {
    if (recording === this.#current) return;
    this.#current?.session.close();
    this.#current = recording;
    this.#view = recording?.overview.defaultView;
    this.#shareOf = 'view';
    this.#changed.fire('recording');
  }

  /** Looks at the current recording in another way. */
  look({ shareOf = this.#shareOf, ...change }: Partial<View> & { shareOf?: ShareOf }): void {
    if (!this.#view) return;
    this.#view = { ...this.#view, ...change };
    this.#shareOf = shareOf;
    this.#changed.fire('view');
  }

  dispose(): void {
    this.show(undefined);
    this.#changed.dispose();
    this.#openingChanged.dispose();
  }
}
