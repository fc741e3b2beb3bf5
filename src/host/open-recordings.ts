import * as vscode from 'vscode';
import type { OpenProgress } from '../runs/open-progress.ts';
import { type Look, OpenRecording, type ReadRecording } from './open-recording.ts';
import { SharedWork, type Watch } from './shared-work.ts';

/** Says how a recording is looked at first; undefined for the default. */
export type FirstLook = (read: ReadRecording) => Promise<Look | undefined>;

/** Recordings that are open now or being read, so that a file that is shown in two places is read once. */
export class OpenRecordings {
  readonly #byFile = new Map<string, OpenRecording>();
  readonly #reading = new Map<string, SharedWork<OpenRecording, OpenProgress>>();
  readonly #firstLooks = new Map<string, FirstLook>();

  /** The recording of a file as it is now; undefined where it isn't open. */
  find(path: string, writtenAt: Date): OpenRecording | undefined {
    return this.#byFile.get(key(path, writtenAt));
  }

  /**
   * The recording of a file: the one that is open, or being read, or what `read` gives. Whoever wants it kept holds it at once, before the
   * next turn of the loop.
   */
  async read(
    path: string,
    writtenAt: Date,
    watch: Watch<OpenProgress>,
    read: (watch: Watch<OpenProgress>) => Promise<ReadRecording>,
  ): Promise<OpenRecording> {
    const own = key(path, writtenAt);
    const known = this.#byFile.get(own);
    if (known) return known;
    let reading = this.#reading.get(own);
    if (!reading || reading.isOver) {
      reading = new SharedWork(async (shared) => this.#open(own, path, await read(shared)));
      this.#reading.set(own, reading);
    }
    try {
      return await reading.wait(watch);
    } finally {
      if (reading.isOver && this.#reading.get(own) === reading) this.#reading.delete(own);
    }
  }

  /** Makes it known until nobody holds it. */
  add(recording: OpenRecording, writtenAt: Date): void {
    this.#add(key(recording.path, writtenAt), recording);
  }

  /** Whoever reads the file, it is looked at in this way first; until what is given is disposed of. */
  lookFirst(path: string, look: FirstLook): vscode.Disposable {
    this.#firstLooks.set(path, look);
    return new vscode.Disposable(() => this.#firstLooks.delete(path));
  }

  async #open(own: string, path: string, read: ReadRecording): Promise<OpenRecording> {
    let look: Look | undefined;
    try {
      look = await this.#firstLooks.get(path)?.(read);
    } catch (error) {
      read.session.close();
      throw error;
    }
    const recording = new OpenRecording(read, look);
    this.#add(own, recording);
    // All who wait for it have their turn to hold it; where nobody does, it is closed.
    const hold = recording.hold();
    setImmediate(() => hold.dispose());
    return recording;
  }

  #add(own: string, recording: OpenRecording): void {
    this.#byFile.set(own, recording);
    recording.onDidClose(() => {
      if (this.#byFile.get(own) === recording) this.#byFile.delete(own);
    });
  }
}

/** Without trust nothing is launched that looks names up, so what was read then isn't what would be read now. */
function key(path: string, writtenAt: Date): string {
  return `${vscode.workspace.isTrusted} ${writtenAt.getTime()} ${path}`;
}
