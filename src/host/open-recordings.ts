import * as vscode from 'vscode';
import type { OpenRecording } from './open-recording.ts';

/** Recordings that are open now, so that a file that is shown in two places is read once. */
export class OpenRecordings {
  readonly #byFile = new Map<string, OpenRecording>();

  /** The recording of a file as it is now; undefined where it isn't open. */
  find(path: string, writtenAt: Date): OpenRecording | undefined {
    return this.#byFile.get(key(path, writtenAt));
  }

  /** Makes it known until nobody holds it. */
  add(recording: OpenRecording, writtenAt: Date): void {
    const own = key(recording.path, writtenAt);
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
