import { threadLabel } from '../../core/profile/thread-label.ts';
import { withoutRange } from '../../core/profile/time/view-range.ts';
import type { ActiveRecording } from '../../host/active-recording.ts';
import { nothingOpen } from '../../host/nothing-open.ts';
import { trustNotes } from '../../host/trust-notes.ts';
import type { OverTimeState } from '../../protocol/over-time.ts';

/** What the panel has to show of the active recording. */
export async function overTimeState(active: ActiveRecording): Promise<OverTimeState> {
  const { current, view } = active;
  if (!current || !view) return nothingOpen(active);
  const { overview, title, path, session } = current;
  const { origin } = overview;
  return {
    status: 'open',
    id: path,
    title,
    view,
    parts: await session.ask('viewParts', { view: { ...view, operations: withoutRange(view.operations) } }),
    values: overview.values.map(({ type, unit }) => ({ type, unit })),
    samples: overview.samples,
    hasSampleCount: overview.hasSampleCount,
    threads: overview.threads.map(threadLabel),
    format: origin.format,
    wallStartMs: Number.isFinite(origin.wallStartMs) ? origin.wallStartMs : null,
    ...trustNotes(overview),
  };
}
