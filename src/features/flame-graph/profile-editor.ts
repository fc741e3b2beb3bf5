import { basename } from 'node:path';
import * as vscode from 'vscode';
import { ActiveRecording } from '../../host/active-recording.ts';
import { showError } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { readRecording } from '../../host/open-profile.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { fillPanel } from '../../host/panel.ts';
import { isCancelled } from '../../host/problem.ts';
import { leftAsItWas, readAgain } from '../../host/read-again.ts';
import { Sources } from '../../host/sources.ts';
import { watchFile } from '../../host/watch-file.ts';
import { flameGraphHandlers } from './flame-graph-handlers.ts';
import type { ShownRecording } from './shown-recording.ts';

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
    this.#watched = watchFile(uri.fsPath, () => void this.#read());
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
      if (former)
        showError(
          this.#host,
          leftAsItWas(former.path, error, () => this.#read()),
        );
    }
  }

  async #recordingNow(former: OpenRecording | undefined): Promise<OpenRecording> {
    if (this.uri.scheme !== 'file') {
      throw new Error(`${this.uri} is not on this machine's disk. Save it to a file first, then open that.`);
    }
    if (former) return readAgain(this.#host, former, this.recordings);
    return readRecording(this.#host, this.uri.fsPath, { shownBy: this.recordings });
  }

  #show(recording: OpenRecording, former: OpenRecording | undefined): void {
    const { active } = this.#host;
    const wasActive = former !== undefined && active.current === former;
    this.recordings.show(recording);
    if (wasActive) active.show(recording);
  }
}

const TRY_AGAIN = 'tryAgain';
