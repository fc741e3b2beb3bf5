import * as vscode from 'vscode';
import type { View } from '../core/profile/queries/query-model.ts';
import type { ShareOf } from '../core/profile/share-of.ts';
import type { OpenProgress } from '../runs/open-progress.ts';
import type { OpenRecording } from './open-recording.ts';

/** A recording that is being read. */
export interface Opening {
  readonly title: string;
  /** Undefined until anything is known. */
  readonly progress: OpenProgress | undefined;
  cancel(): void;
}

/** The one recording that surfaces show: all of them the host's, and an editor of a profile its own. */
export class ActiveRecording implements vscode.Disposable {
  #current: OpenRecording | undefined;
  #held: vscode.Disposable | undefined;
  readonly #openings = new Map<object, Opening>();
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
    return this.#current?.view;
  }

  get shareOf(): ShareOf {
    return this.#current?.shareOf ?? 'view';
  }

  /** What is being read now; what was begun last where there is more. */
  get opening(): Opening | undefined {
    return [...this.#openings.values()].at(-1);
  }

  /** Says what its owner reads and how far it is; `undefined` when it has ended. */
  setOpening(owner: object, opening: Opening | undefined): void {
    if (opening) this.#openings.set(owner, opening);
    else this.#openings.delete(owner);
    this.#openingChanged.fire();
  }

  /** Shows another recording, or none, and lets go of the former. */
  show(recording: OpenRecording | undefined): void {
    if (recording === this.#current) return;
    const former = this.#held;
    this.#current = recording;
    this.#held =
      recording &&
      vscode.Disposable.from(
        recording.hold(),
        recording.onDidChangeLook(() => this.#changed.fire('view')),
      );
    former?.dispose();
    this.#changed.fire('recording');
  }

  /** Looks at the current recording in another way. */
  look(change: Partial<View> & { shareOf?: ShareOf }): void {
    this.#current?.look(change);
  }

  /** Tells nobody: what is shown as the window closes is what is shown again in the next. */
  dispose(): void {
    this.#changed.dispose();
    this.#openingChanged.dispose();
    this.show(undefined);
  }
}
