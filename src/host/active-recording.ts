import * as vscode from 'vscode';
import type { Overview } from '../core/profile/queries/overview.ts';
import type { View } from '../core/profile/queries/query-model.ts';
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
  /** Commit of the sources it was made from, where that is known. */
  readonly commit?: string;
  /** Copies of source files as they were when it was made, by the file's absolute path: those that differed from the commit. */
  readonly sourceCopies?: ReadonlyMap<string, string>;
  readonly session: ProfileSession;
  readonly overview: Overview;
}

/** What shares are of: everything in the recording, or only what is in view (this thread). */
export type ShareOf = 'all' | 'view';

/** The one recording that every surface shows, and the view of it. */
export class ActiveRecording implements vscode.Disposable {
  #current: OpenRecording | undefined;
  #view: View | undefined;
  #shareOf: ShareOf = 'view';
  readonly #changed = new vscode.EventEmitter<'recording' | 'view'>();

  /** Another recording (or none), or another view of the same. */
  readonly onDidChange = this.#changed.event;

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
  }
}
