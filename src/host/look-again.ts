import { type PortableView, uncheckedView, viewFrom } from '../core/profile/portable-view.ts';
import type { ShareOf } from '../core/profile/share-of.ts';
import type { Look, ReadRecording } from './open-recording.ts';

/** How a recording was looked at, for when its file is read again: plain data. */
export interface Looked {
  readonly view: PortableView;
  readonly shareOf: ShareOf;
}

/** How it was looked at, as far as what was looked at is still in it; undefined where another version stored what isn't known here. */
export async function lookAgain(
  { overview, session }: ReadRecording,
  { view, shareOf }: Looked,
): Promise<Look | undefined> {
  const unchecked = uncheckedView(view);
  if (!unchecked) return undefined;
  const operations = await session.ask('knownOperations', { data: unchecked.operations });
  return { view: viewFrom(overview, { ...unchecked, operations }).view, shareOf };
}
