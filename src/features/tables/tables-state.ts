import type { View } from '../../core/profile/queries/query-model.ts';
import { threadLabel } from '../../core/profile/thread-label.ts';
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

/** `cpu-clock · render (4242) · without kernel`. */
function lookedAt({ overview }: OpenRecording, { value, threads, inlines, kernel }: View): string {
  const parts = [overview.values[value].type];
  if (threads?.length === 1) parts.push(threadLabel(overview.threads[threads[0]]));
  else if (threads) parts.push(`${threads.length} threads`);
  else if (overview.threads.length > 1) parts.push(`all ${overview.threads.length} threads`);
  if (!kernel) parts.push('without kernel');
  if (!inlines) parts.push('without inlined');
  return parts.join(' · ');
}
