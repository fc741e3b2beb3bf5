import type { View } from '../../core/profile/queries/query-model.ts';
import type { ActiveRecording } from '../../host/active-recording.ts';
import { nothingOpen } from '../../host/nothing-open.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { trustNotes } from '../../host/trust-notes.ts';
import type { TablesState } from '../../protocol/tables.ts';

/** What the panel has to show of the active recording. */
export async function tablesState(active: ActiveRecording): Promise<TablesState> {
  const { current, view } = active;
  if (!current || !view) return nothingOpen(active);
  const { overview, title, path, session } = current;
  const { value } = await session.ask('measure', { view });
  return {
    status: 'open',
    id: path,
    title,
    view,
    value,
    looked: lookedAt(current, view),
    parts: await session.ask('viewParts', { view }),
    samples: overview.samples,
    hasSampleCount: overview.hasSampleCount,
    ...trustNotes(overview),
  };
}

/** `cpu-clock · all 3 threads`. What is done to the recording beyond that has chips. */
function lookedAt({ overview }: OpenRecording, { value, threads }: View): string {
  const { type } = overview.values[value];
  const count = overview.threads.length;
  return threads === null && count > 1 ? `${type} · all ${count} threads` : type;
}
