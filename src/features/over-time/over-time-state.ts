import { threadLabel } from '../../core/profile/thread-label.ts';
import type { ActiveRecording } from '../../host/active-recording.ts';
import { nothingOpen } from '../../host/nothing-open.ts';
import { trustNotes } from '../../host/trust-notes.ts';
import type { OverTimeState } from '../../protocol/over-time.ts';

/** What the panel has to show of the active recording. */
export function overTimeState(active: ActiveRecording): OverTimeState {
  const { current, view } = active;
  if (!current || !view) return nothingOpen(active);
  const { overview, title, path } = current;
  const { origin } = overview;
  return {
    status: 'open',
    id: path,
    title,
    view,
    values: overview.values.map(({ type, unit }) => ({ type, unit })),
    samples: overview.samples,
    threads: overview.threads.map(threadLabel),
    format: origin.format,
    wallStartMs: Number.isFinite(origin.wallStartMs) ? origin.wallStartMs : null,
    ...trustNotes(overview),
  };
}
