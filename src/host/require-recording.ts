import type { View } from '../core/profile/queries/query-model.ts';
import type { ActiveRecording } from './active-recording.ts';
import type { OpenRecording } from './open-recording.ts';
import { commandAction, Problem } from './problem.ts';

/** The active recording and how it is looked at. Throws a hint where none is open. */
export function requireRecording({ current, view }: Pick<ActiveRecording, 'current' | 'view'>): {
  readonly recording: OpenRecording;
  readonly view: View;
} {
  if (current && view) return { recording: current, view };
  throw new Problem('No profile is open.', {
    isHint: true,
    actions: [
      commandAction('Profile…', 'perfwright.profile'),
      commandAction('Open Profile…', 'perfwright.openProfile'),
    ],
  });
}
