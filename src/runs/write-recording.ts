import type { QueryModel, View } from '../core/profile/queries/query-model.ts';

/** Writes what is in view to a file, in the format of its extension. Gives what the format can't carry, in words. */
export async function writeRecording(_model: QueryModel, _view: View, path: string): Promise<readonly string[]> {
  throw new Error(`${path}: no writer yet.`);
}
