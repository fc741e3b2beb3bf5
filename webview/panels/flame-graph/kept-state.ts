import type { FlameColouring } from '../../../src/core/profile/flame-colours.ts';
import type { FlameQuery } from '../../../src/core/profile/flame-search.ts';
import type { FlameWindow } from '../../../src/core/profile/flame-visible.ts';
import type { FlameOrder } from '../../../src/core/profile/row-order.ts';

/** What of the panel outlives it: it comes back as it was left. */
export interface KeptState {
  readonly isFlame: boolean;
  readonly order: FlameOrder;
  readonly colouring: FlameColouring;
  readonly isTable: boolean;
  readonly isBottomUp: boolean;
  readonly query: FlameQuery;
  /** Of the recording that was shown last. */
  readonly recording: ({ readonly id: string } & KeptPlaces) | null;
}

/** Where one was, by the functions on the way down: that holds in another view of the recording too. */
export interface KeptPlaces {
  readonly zoom: { readonly path: readonly string[]; readonly window: FlameWindow };
  /** Empty where nothing is selected. */
  readonly selected: readonly string[];
}

/** Everything, and nothing selected. */
export const START: KeptPlaces = { zoom: { path: [], window: { left: 0, right: 1 } }, selected: [] };

export const FRESH_STATE: KeptState = {
  isFlame: false,
  order: 'cost',
  colouring: 'module',
  isTable: false,
  isBottomUp: false,
  query: { text: '', isRegex: false, matchCase: false },
  recording: null,
};

/** What was kept, where it is what this version keeps; else a fresh start. */
export function keptState(kept: unknown): KeptState {
  return isKeptState(kept) ? kept : FRESH_STATE;
}

function isKeptState(kept: unknown): kept is KeptState {
  if (!isRecord(kept) || !isRecord(kept.query)) return false;
  const { isFlame, order, colouring, isTable, isBottomUp, query, recording } = kept;
  return (
    typeof isFlame === 'boolean' &&
    typeof isTable === 'boolean' &&
    typeof isBottomUp === 'boolean' &&
    (order === 'cost' || order === 'name') &&
    (colouring === 'module' || colouring === 'kind' || colouring === 'heat') &&
    typeof query.text === 'string' &&
    typeof query.isRegex === 'boolean' &&
    typeof query.matchCase === 'boolean' &&
    (recording === null || isKeptRecording(recording))
  );
}

function isKeptRecording(kept: unknown): boolean {
  if (!isRecord(kept) || !isRecord(kept.zoom) || !isRecord(kept.zoom.window)) return false;
  const { left, right } = kept.zoom.window;
  return (
    typeof kept.id === 'string' &&
    isPath(kept.selected) &&
    isPath(kept.zoom.path) &&
    typeof left === 'number' &&
    typeof right === 'number' &&
    left >= 0 &&
    left < right &&
    right <= 1
  );
}

function isPath(kept: unknown): boolean {
  return Array.isArray(kept) && kept.every((name) => typeof name === 'string');
}

function isRecord(kept: unknown): kept is Record<string, unknown> {
  return typeof kept === 'object' && kept !== null;
}
