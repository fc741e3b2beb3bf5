import type { FlameWindow } from '../../src/core/profile/flame-visible.ts';
import { isRecord } from '../lib/is-record.ts';

/** Where one was, by the functions on the way down: that holds in another view of the recording too. */
export interface KeptPlaces {
  readonly zoom: { readonly path: readonly string[]; readonly window: FlameWindow };
  /** Empty where nothing is selected. */
  readonly selected: readonly string[];
}

/** Everything, and nothing selected. */
export const START: KeptPlaces = { zoom: { path: [], window: { left: 0, right: 1 } }, selected: [] };

/** Places of what is known by an id, as they are kept for when the panel comes back. */
export type PlacesOf = { readonly id: string } & KeptPlaces;

/** Whether something that was kept is that. */
export function isKeptPlaces(kept: unknown): kept is PlacesOf {
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
