import * as vscode from 'vscode';
import type { FileLinesAnswer } from '../core/profile/queries/file-lines.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import { textHash } from '../runs/profiled-text.ts';
import { RecordedSources, type SourceMatch } from '../runs/recorded-sources.ts';
import type { ActiveRecording } from './active-recording.ts';
import type { OpenRecording } from './open-recording.ts';
import { onSettingChange, setting } from './settings.ts';

/** What the active recording says of a document. */
export interface DocumentCosts {
  /** The document's path as recorded. */
  readonly recorded: string;
  readonly lines: FileLinesAnswer;
  /** Why the text isn't what was profiled, so that its costs are not shown (a sentence that may go on); undefined where it is. */
  readonly changed: string | undefined;
}

/** The active recording's source files, and what of them is in this workspace. */
export class Sources implements vscode.Disposable {
  readonly #active: ActiveRecording;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #recorded: RecordedSources;
  #shownAnyway = new Set<string>();
  #lines = new WeakMap<View, Map<string, Promise<FileLinesAnswer>>>();
  #timer: NodeJS.Timeout | undefined;

  /** What is shown of the open documents may be another thing now. */
  readonly onDidChange = this.#changed.event;

  constructor(active: ActiveRecording) {
    this.#active = active;
    this.#recorded = recordedSources(active);
    const follow = () => this.#changed.fire();
    const lookAnew = () => {
      this.#recorded = recordedSources(active);
      follow();
    };
    this.#subscriptions = [
      active.onDidChange((what) => {
        if (what === 'view') return follow();
        this.#shownAnyway = new Set();
        lookAnew();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (!this.#recorded.hasName(document.uri.path)) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(follow, SETTLE_MS);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(lookAnew),
      onSettingChange(['sourceMap'], lookAnew),
      this.#changed,
    ];
  }

  /** Where a recorded path is on this machine. */
  locate(recorded: string): Promise<SourceMatch> {
    return this.#recorded.locate(recorded);
  }

  /** A person has said where a recorded path is. */
  choose(recorded: string, path: string): void {
    this.#recorded.choose(recorded, path);
    this.#changed.fire();
  }

  /** Shows a changed file's costs although its text is another. */
  showAnyway(recorded: string): void {
    this.#shownAnyway.add(recorded);
    this.#changed.fire();
  }

  /** What the active recording says of a document; undefined where it says nothing. */
  async costs(document: vscode.TextDocument): Promise<DocumentCosts | undefined> {
    const { current, view } = this.#active;
    if (!current || !view || document.uri.scheme !== 'file') return undefined;
    try {
      const costs = await this.#costsIn(current, view, document);
      return view === this.#active.view ? costs : this.costs(document);
    } catch (error) {
      // The session of a recording that was put away meanwhile answers no more.
      if (view !== this.#active.view) return this.costs(document);
      throw error;
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #costsIn(
    recording: OpenRecording,
    view: View,
    document: vscode.TextDocument,
  ): Promise<DocumentCosts | undefined> {
    const recorded = await this.#recorded.recordedPath(document.uri.fsPath);
    if (recorded === undefined) return undefined;
    const lines = await this.#fileLines(recording, view, recorded);
    if (lines.fileTotal === 0) return undefined;
    return { recorded, lines, changed: await this.#whyChanged(document, recorded, lines) };
  }

  #fileLines({ session }: OpenRecording, view: View, recorded: string): Promise<FileLinesAnswer> {
    let known = this.#lines.get(view);
    if (!known) {
      known = new Map();
      this.#lines.set(view, known);
    }
    let lines = known.get(recorded);
    if (!lines) {
      lines = session.ask('fileLines', { view, file: recorded });
      known.set(recorded, lines);
    }
    return lines;
  }

  async #whyChanged(
    document: vscode.TextDocument,
    recorded: string,
    { functions }: FileLinesAnswer,
  ): Promise<string | undefined> {
    if (this.#shownAnyway.has(recorded)) return undefined;
    const profiled = await this.#recorded.text(document.uri.fsPath, functions[0]?.module ?? '');
    if (profiled.kind === 'lost') return profiled.why;
    return textHash(document.getText()) === profiled.hash ? undefined : 'Not the text that was profiled';
  }
}

const SETTLE_MS = 150;

function recordedSources({ current }: ActiveRecording): RecordedSources {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return new RecordedSources({
    files: current?.overview.files.map(({ path }) => path) ?? [],
    recordedAt: current?.recordedAt ?? new Date(0),
    copies: current?.sourceCopies,
    git: vscode.workspace.isTrusted ? current?.git : undefined,
    folders: folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
    mapped: setting('sourceMap'),
  });
}
