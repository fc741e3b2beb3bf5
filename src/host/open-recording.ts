import * as vscode from 'vscode';
import { type FlamePlaces, START } from '../core/profile/flame-places.ts';
import type { Overview } from '../core/profile/queries/overview.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import type { ShareOf } from '../core/profile/share-of.ts';
import type { GitState } from '../runs/git-state.ts';
import type { ProfileSession } from '../runs/profile-session.ts';

/** What is known of a recording beside its file. */
export interface RecordingFacts {
  /** What to call it: `sample · 23 Nov 10:02`. */
  readonly title: string;
  /** The run it belongs to, where it was made here. */
  readonly runId?: string;
  /** When the recording was started, or, where that isn't known, when its file was written. */
  readonly recordedAt: Date;
  /** The repository of its sources as it was, where that is known. */
  readonly git?: GitState;
  /** Copies of source files as they were when it was made, by the file's absolute path: those that differed from the commit. */
  readonly sourceCopies?: ReadonlyMap<string, string>;
}

/** A recording's file, read. */
export interface ReadRecording extends RecordingFacts {
  readonly path: string;
  readonly session: ProfileSession;
  readonly overview: Overview;
}

/** How a recording is looked at. */
export interface Look {
  readonly view: View;
  readonly shareOf: ShareOf;
}

/**
 * A recording that is open, and how it is looked at: the same wherever it is shown. Its session lasts as long as someone holds it. Each way to
 * look at it can be taken back.
 */
export class OpenRecording implements ReadRecording {
  readonly title: string;
  readonly path: string;
  readonly runId: string | undefined;
  readonly recordedAt: Date;
  readonly git: GitState | undefined;
  readonly sourceCopies: ReadonlyMap<string, string> | undefined;
  readonly session: ProfileSession;
  readonly overview: Overview;
  /** Where one is in its flame graph. It is no way to look at it: nothing else follows, and nothing is taken back. */
  places: FlamePlaces = START;
  #look: Look;
  #former: Look[] = [];
  #undone: Look[] = [];
  #holds = 0;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #closed = new vscode.EventEmitter<void>();

  /** It is looked at in another way. */
  readonly onDidChangeLook = this.#changed.event;
  /** Nobody holds it any more. */
  readonly onDidClose = this.#closed.event;

  constructor(read: ReadRecording, look: Look = { view: read.overview.defaultView, shareOf: 'view' }) {
    this.title = read.title;
    this.path = read.path;
    this.runId = read.runId;
    this.recordedAt = read.recordedAt;
    this.git = read.git;
    this.sourceCopies = read.sourceCopies;
    this.session = read.session;
    this.overview = read.overview;
    this.#look = look;
  }

  get view(): View {
    return this.#look.view;
  }

  get shareOf(): ShareOf {
    return this.#look.shareOf;
  }

  get canUndo(): boolean {
    return this.#former.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Looks at it in another way. */
  look({ shareOf = this.shareOf, ...change }: Partial<View> & { shareOf?: ShareOf }): void {
    this.#former = [...this.#former.slice(1 - MOST_FORMER), this.#look];
    this.#undone = [];
    this.#show({ view: { ...this.view, ...change }, shareOf });
  }

  /** As it was looked at before the last change. */
  undo(): void {
    const former = this.#former.pop();
    if (!former) return;
    this.#undone.push(this.#look);
    this.#show(former);
  }

  redo(): void {
    const undone = this.#undone.pop();
    if (!undone) return;
    this.#former.push(this.#look);
    this.#show(undone);
  }

  /** Keeps the session open until what is given is disposed of. */
  hold(): vscode.Disposable {
    this.#holds++;
    let isHeld = true;
    return new vscode.Disposable(() => {
      if (!isHeld) return;
      isHeld = false;
      this.#holds--;
      if (this.#holds === 0) this.#close();
    });
  }

  #show(look: Look): void {
    this.#look = look;
    this.#changed.fire();
  }

  #close(): void {
    this.session.close();
    this.#closed.fire();
    this.#changed.dispose();
    this.#closed.dispose();
  }
}

const MOST_FORMER = 100;
