import { threadLabel } from '../../core/profile/thread-label.ts';
import { nothingOpen } from '../../host/nothing-open.ts';
import { trustNotes } from '../../host/trust-notes.ts';
import type { FlameGraphState } from '../../protocol/flame-graph.ts';
import type { ShownRecording } from './shown-recording.ts';

/** What there is to show of a recording. */
export async function flameGraphState({ recordings, failure }: ShownRecording): Promise<FlameGraphState> {
  const { current, view, opening } = recordings;
  if (!current && !opening && failure) return { status: 'failed', ...failure };
  if (!current || !view) return nothingOpen(recordings);
  const { overview, title, path, session, canUndo, canRedo } = current;
  return {
    status: 'open',
    id: path,
    title,
    canLook: true,
    view,
    parts: await session.ask('viewParts', { view }),
    canUndo,
    canRedo,
    values: overview.values.map(({ type, unit }) => ({ type, unit })),
    codeGroups: await session.ask('codeGroups', { value: view.value }),
    threads: overview.threads.map(threadLabel),
    hasKernel: overview.kernelShare > 0,
    samples: overview.samples,
    hasSampleCount: overview.hasSampleCount,
    ...trustNotes(overview),
  };
}
