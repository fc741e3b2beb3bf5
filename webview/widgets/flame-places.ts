import { type FlamePlaces, flamePlacesFrom } from '../../src/core/profile/flame-places.ts';
import { isRecord } from '../lib/is-record.ts';

/** Places of what is known by an id, as they are kept for when the panel comes back. */
export type PlacesOf = { readonly id: string } & FlamePlaces;

/** Whether something that was kept is that. */
export function isKeptPlaces(kept: unknown): kept is PlacesOf {
  return isRecord(kept) && typeof kept.id === 'string' && flamePlacesFrom(kept) !== undefined;
}
