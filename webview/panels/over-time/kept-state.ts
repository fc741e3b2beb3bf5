import type { FlameColouring } from '../../../src/core/profile/flame-colours.ts';
import type { TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import { isRecord } from '../../lib/is-record.ts';

export type TimeMode = 'stacks' | 'heatmap';

/** What of the panel outlives it: it comes back as it was left. */
export interface KeptState {
  readonly mode: TimeMode;
  readonly colouring: FlameColouring;
  readonly isTable: boolean;
  /** Of the recording that was shown last: the thread that was chosen, and the part of the time that was looked at; `null` for all. */
  readonly recording: { readonly id: string; readonly thread: number | null; readonly window: TimeSpan | null } | null;
}

export const FRESH_STATE: KeptState = { mode: 'stacks', colouring: 'module', isTable: false, recording: null };

/** What was kept, where it is what this version keeps; else a fresh start. */
export function keptState(kept: unknown): KeptState {
  return isKeptState(kept) ? kept : FRESH_STATE;
}

function isKeptState(kept: unknown): kept is KeptState {
  if (!isRecord(kept)) return false;
  const { mode, colouring, isTable, recording } = kept;
  return (
    (mode === 'stacks' || mode === 'heatmap') &&
    (colouring === 'module' || colouring === 'kind' || colouring === 'heat') &&
    typeof isTable === 'boolean' &&
    (recording === null || isKeptRecording(recording))
  );
}

function isKeptRecording(kept: unknown): boolean {
  if (!isRecord(kept)) return false;
  const { id, thread, window } = kept;
  const isWindow =
    isRecord(window) &&
    typeof window['fromNs'] === 'number' &&
    typeof window['toNs'] === 'number' &&
    window['fromNs'] < window['toNs'];
  return typeof id === 'string' && (thread === null || Number.isInteger(thread)) && (window === null || isWindow);
}
