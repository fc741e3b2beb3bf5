import type * as vscode from 'vscode';
import { type PortableView, type UncheckedView, uncheckedView } from '../../core/profile/portable-view.ts';

/** A view that was saved under a name, with the recording that it is of. */
export interface SavedView {
  readonly name: string;
  readonly recording: SavedRecording;
  readonly view: UncheckedView;
}

export interface SavedRecording {
  readonly path: string;
  readonly runId?: string;
  readonly title: string;
}

/** The saved views of this workspace, the last saved first. */
export class SavedViews {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  all(): readonly SavedView[] {
    const stored = this.#state.get<unknown>(STATE);
    return Array.isArray(stored) ? stored.flatMap((one) => savedView(one) ?? []) : [];
  }

  /** Those of one recording. */
  of(recording: Pick<SavedRecording, 'path' | 'runId'>): readonly SavedView[] {
    return this.all().filter((saved) => isSameRecording(saved.recording, recording));
  }

  /** In place of one of the same name and recording. */
  async save(name: string, recording: SavedRecording, view: PortableView): Promise<void> {
    const others = this.all().filter((saved) => !(saved.name === name && isSameRecording(saved.recording, recording)));
    await this.#state.update(STATE, [{ name, recording, view }, ...others].slice(0, MOST_SAVED));
  }

  async delete({ name, recording }: SavedView): Promise<void> {
    const kept = this.all().filter((saved) => !(saved.name === name && isSameRecording(saved.recording, recording)));
    await this.#state.update(STATE, kept);
  }
}

/** A run's recording is the same wherever its folder is. */
export function isSameRecording(
  a: Pick<SavedRecording, 'path' | 'runId'>,
  b: Pick<SavedRecording, 'path' | 'runId'>,
): boolean {
  return a.runId === undefined ? b.runId === undefined && a.path === b.path : a.runId === b.runId;
}

/** What was stored, perhaps by another version. */
function savedView(data: unknown): SavedView | undefined {
  const { name, recording, view } = (data ?? {}) as Record<string, unknown>;
  const { path, runId, title } = (recording ?? {}) as Record<string, unknown>;
  const checked = uncheckedView(view);
  if (!checked || typeof name !== 'string' || typeof path !== 'string' || typeof title !== 'string') return undefined;
  return { name, recording: { path, title, ...(typeof runId === 'string' ? { runId } : {}) }, view: checked };
}

const STATE = 'perfwright.views';
/** The oldest go: the editor keeps this in memory. */
const MOST_SAVED = 500;
