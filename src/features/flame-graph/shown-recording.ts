import type { ActiveRecording } from '../../host/active-recording.ts';
import type { Sources } from '../../host/sources.ts';
import type { NextStep } from '../../protocol/panel-state.ts';

/** The recording that a flame graph shows: the active one, or that of an editor. */
export interface ShownRecording {
  readonly recordings: ActiveRecording;
  readonly sources: Sources;
  /** Why there is none, where one was wanted. */
  readonly failure?: { readonly title: string; readonly message: string; readonly actions: readonly NextStep[] };
  /** Does a step that this recording offers; false where it is none of its own. */
  act?(id: string): boolean;
}
