import { basename } from 'node:path';
import * as vscode from 'vscode';
import { portableView } from '../../core/profile/portable-view.ts';
import { ActiveRecording } from '../../host/active-recording.ts';
import { showError } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { lookAgain } from '../../host/look-again.ts';
import { readRecording } from '../../host/open-profile.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { fillPanel } from '../../host/panel.ts';
import { isCancelled, Problem } from '../../host/problem.ts';
import { Sources } from '../../host/sources.ts';
import { flameGraphHandlers } from './flame-graph-handlers.ts';
import type { ShownRecording } from './shown-recording.ts';
import { watchFile } from './watch-file.ts';

/** Files that are profiles by their name open as what they hold; those that may be anything can be opened so. */
const VIEW_TYPES = ['perfwright.profileEditor', 'perfwright.profileEditor.option'];

/** A profile file is an editor: its flame graph, and what every other surface shows while it is the active editor. */
export function registerProfileEditor(host: Host): void {
  const provider: vscode.CustomReadonlyEditorProvider<ProfileDocument> = {
    openCustomDocument: (uri) => new ProfileDocument(host, uri),
    resolveCustomEditor(document, panel) {
      const changed = fillPanel(host, 'flame-graph', panel, flameGraphHandlers(host, document));
      const { recordings } = document;
      const becomeActive = () => {
        if (panel.active && recordings.current) host.active.show(recordings.current);
      };
      const follow = vscode.Disposable.from(
        recordings.onDidChange((what) => {
          changed(what === 'recording' ? 'state' : 'view');
          becomeActive();
        }),
        recordings.onDidChangeOpening(() => recordings.current ?? changed('state')),
        panel.onDidChangeViewState(becomeActive),
      );
      panel.onDidDispose(() => follow.dispose());
      becomeActive();
    },
  };
  for (const viewType of VIEW_TYPES) {
    host.context.subscriptions.push(
      vscode.window.registerCustomEditorProvider(viewType, provider, { supportsMultipleEditorsPerDocument: true }),
    );
  }
}

/**
 * A profile file that is open in editors. It is read at once, and again when it is written; opening it launches nothing in a workspace
 * without trust.
 */
class ProfileDocument implements vscode.CustomDocument, ShownRecording {
  readonly uri: vscode.Uri;
  readonly recordings = new ActiveRecording();
  readonly sources = new Sources(this.recordings);
  readonly #host: Host;
  readonly #watched: vscode.Disposable;
  #problem: string | undefined;
  /** How often it was read: only what it holds now counts. */
  #reads = 0;

  constructor(host: Host, uri: vscode.Uri) {
    this.#host = host;
    this.uri = uri;
    this.#watched = watchFile(uri, () => void this.#read());
    void this.#read();
  }

  get failure(): ShownRecording['failure'] {
    if (this.#problem === undefined) return undefined;
    return {
      title: `${basename(this.uri.path)} can’t be shown`,
      message: this.#problem,
      actions: [
        { id: TRY_AGAIN, title: 'Try Again' },
        { id: 'workbench.action.reopenTextEditor', title: 'Open as Text' },
      ],
    };
  }

  act(id: string): boolean {
    if (id === TRY_AGAIN) void this.#read();
    return id === TRY_AGAIN;
  }

  dispose(): void {
    this.#reads++;
    this.#watched.dispose();
    this.recordings.opening?.cancel();
    this.sources.dispose();
    this.recordings.dispose();
  }

  async #read(): Promise<void> {
    const read = ++this.#reads;
    const isLate = () => read !== this.#reads;
    const former = this.recordings.current;
    this.recordings.opening?.cancel();
    this.#problem = undefined;
    try {
      const recording = await this.#recordingNow(former);
      if (!isLate()) this.#show(recording, former);
    } catch (error) {
      if (isLate()) return;
      this.#problem = isCancelled(error) ? 'It was cancelled.' : (error as Error).message;
      this.recordings.setOpening(this, undefined);
      if (former) showError(this.#host, this.#leftAsItWas(error));
    }
  }

  /** Looked at as what the file held before. */
  async #recordingNow(former: OpenRecording | undefined): Promise<OpenRecording> {
    if (this.uri.scheme !== 'file') {
      throw new Error(`${this.uri} is not on this machine's disk. Save it to a file first, then open that.`);
    }
    const { fsPath } = this.uri;
    const looked =
      former &&
      this.#host.recordings.lookFirst(fsPath, (read) =>
        lookAgain(read, { view: portableView(former.overview, former.view), shareOf: former.shareOf }),
      );
    try {
      return await readRecording(this.#host, fsPath, { shownBy: this.recordings });
    } finally {
      looked?.dispose();
    }
  }

  #show(recording: OpenRecording, former: OpenRecording | undefined): void {
    const { active } = this.#host;
    const wasActive = former !== undefined && active.current === former;
    this.recordings.show(recording);
    if (wasActive) active.show(recording);
  }

  /** What was shown stays: it is said that it isn't what the file holds now. */
  #leftAsItWas(error: unknown): unknown {
    if (isCancelled(error)) return error;
    const name = basename(this.uri.path);
    return new Problem(`${name} was written since, and can’t be shown as it is now: ${this.#problem}`, {
      actions: [{ title: 'Try Again', run: () => this.#read() }],
    });
  }
}

const TRY_AGAIN = 'tryAgain';
