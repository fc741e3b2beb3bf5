import { DIFF_ORDERS, type DiffOrder } from '../../../src/core/profile/diff/queries/diff-table.ts';
import { GROUPINGS, type Grouping } from '../../../src/core/profile/frame-keys.ts';
import type { TextSearch } from '../../../src/core/profile/text-search.ts';
import { isRecord } from '../../lib/is-record.ts';
import { isKeptPlaces, type PlacesOf } from '../../widgets/flame-places.ts';
import { isQuery, NO_QUERY } from '../../widgets/query-search.ts';

/** What of the panel outlives it: it comes back as it was left. */
export interface KeptCompare {
  readonly isFlame: boolean;
  readonly isTable: boolean;
  readonly by: Grouping;
  readonly order: DiffOrder;
  readonly of: 'self' | 'total';
  readonly isReversed: boolean;
  readonly query: TextSearch;
  /** Of the comparison that was shown last. */
  readonly places: PlacesOf | null;
}

export const FRESH: KeptCompare = {
  isFlame: false,
  isTable: false,
  by: 'function',
  order: 'size',
  of: 'self',
  isReversed: false,
  query: NO_QUERY,
  places: null,
};

/** What was kept, where it is what this version keeps; else a fresh start. */
export function keptCompare(kept: unknown): KeptCompare {
  if (!isRecord(kept)) return FRESH;
  const { isFlame, isTable, by, order, of, isReversed, query, places } = kept;
  const isWhole =
    [isFlame, isTable, isReversed].every((one) => typeof one === 'boolean') &&
    isQuery(query) &&
    GROUPINGS.some((one) => one === by) &&
    DIFF_ORDERS.some((one) => one === order) &&
    (of === 'self' || of === 'total') &&
    (places === null || isKeptPlaces(places));
  return isWhole ? (kept as unknown as KeptCompare) : FRESH;
}
