import type { Loading, NothingOpen } from './panel-state.ts';

/** The active recording in speedscope, as it was looked at when it was opened there. */
export type SpeedscopeContract = {
  requests: {
    /** What there is to show. */
    state: { ask: null; answer: SpeedscopeState };
    /** The file for speedscope. An error where there can be none, in words and with the next step. */
    file: { ask: null; answer: SpeedscopeProfile };
    /** Takes the recording as it is looked at now. A `recording` change follows. */
    reload: { ask: null; answer: null };
    /** Runs the next step that `state` offers where there's nothing to show. */
    act: { ask: string; answer: null };
    /** Stops what `state` says is being loaded. */
    cancel: { ask: null; answer: null };
  };
  /** `recording`: another is shown, or none, or the same in another way. `state`: only what is said about it. */
  changes: 'recording' | 'state';
};

export type SpeedscopeState = NothingOpen | Loading | SpeedscopeOpen;

export interface SpeedscopeOpen {
  readonly status: 'open';
  /** Another where there is something else to show, or the same anew. */
  readonly version: number;
  /** `render · 23 Nov 10:02` */
  readonly title: string;
  /** What of it is shown, in words: `cpu-clock · thread render (4242) · only with /parse/`. */
  readonly shown: string;
  /** Whether the recording is looked at in another way by now, or another recording is. */
  readonly isStale: boolean;
}

export interface SpeedscopeProfile {
  /** What the file is called; its end tells speedscope the format. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What speedscope can't show of it, a sentence each. */
  readonly losses: readonly string[];
}
