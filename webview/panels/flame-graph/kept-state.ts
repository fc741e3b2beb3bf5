import type { FlameColouring } from '../../../src/core/profile/flame-colours.ts';
import type { FlameOrder } from '../../../src/core/profile/row-order.ts';
import type { TextSearch } from '../../../src/core/profile/text-search.ts';
import { isRecord } from '../../lib/is-record.ts';
import { isKeptPlaces, type PlacesOf } from '../../widgets/flame-places.ts';
import { isQuery, NO_QUERY } from '../../widgets/query-search.ts';

/** What of the panel outlives it: it comes back as it was left. */
export interface KeptState {
  readonly isFlame: boolean;
  readonly order: FlameOrder;
  readonly colouring: FlameColouring;
  readonly isTable: boolean;
  readonly isBottomUp: boolean;
  readonly query: TextSearch;
  /** Of the recording that was shown last. */
  readonly recording: PlacesOf | null;
}

export const FRESH_STATE: KeptState = {
  isFlame: false,
  order: 'cost',
  colouring: 'module',
  isTable: false,
  isBottomUp: false,
  query: NO_QUERY,
  recording: null,
};

/** What was kept, where it is what this version keeps; else a fresh start. */
export function keptState(kept: unknown): KeptState {
  return isKeptState(kept) ? kept : FRESH_STATE;
}

function isKeptState(kept: unknown): kept is KeptState {
  if (!isRecord(kept)) return false;
  const { isFlame, order, colouring, isTable, isBottomUp, query, recording } = kept;
  return (
    typeof isFlame === 'boolean' &&
    typeof isTable === 'boolean' &&
    typeof isBottomUp === 'boolean' &&
    (order === 'cost' || order === 'name') &&
    (colouring === 'module' || colouring === 'kind' || colouring === 'heat') &&
    isQuery(query) &&
    (recording === null || isKeptPlaces(recording))
  );
}
