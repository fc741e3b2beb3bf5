import { baseName } from '../core/profile/unknown-name.ts';
import type { Loading, NextStep, NothingOpen } from '../protocol/panel-state.ts';
import { doneOfOpening, type OpenProgress } from '../runs/open-progress.ts';
import type { ActiveRecording } from './active-recording.ts';

/** What a panel of recordings has to show while none is open. */
export function nothingOpen({ opening }: Pick<ActiveRecording, 'opening'>): NothingOpen | Loading {
  if (!opening) return { status: 'empty', actions: NEXT_STEPS };
  const { title, progress } = opening;
  return { status: 'loading', title, doing: doing(progress), done: progress ? doneOfOpening(progress) : null };
}

/** The steps that are on offer while nothing is open. */
export const NEXT_STEPS: readonly NextStep[] = [
  { id: 'perfwright.profile', title: 'Profile…' },
  { id: 'perfwright.openProfile', title: 'Open Profile…' },
];

function doing(progress: OpenProgress | undefined): string {
  if (progress?.stage !== 'symbols') return 'Reading';
  return progress.at ? `Looking up the symbols of ${baseName(progress.at)}` : 'Looking up symbols';
}
