import { GROUPINGS, type Grouping } from '../../../src/core/profile/frame-keys.ts';
import type { ExpandedNames } from '../../../src/core/profile/queries/call-steps.ts';
import type { TextSearch } from '../../../src/core/profile/text-search.ts';
import type { TableName } from '../../../src/protocol/tables.ts';
import { isRecord } from '../../lib/is-record.ts';
import { isQuery, NO_QUERY } from '../../widgets/query-search.ts';

/** What of the panel outlives it: it comes back as it was left. */
export interface KeptState {
  readonly table: TableName;
  readonly by: Grouping;
  /** By table. */
  readonly sort: Readonly<Record<TableName, KeptSort>>;
  /** By table and column, in pixels: those that a person has changed. */
  readonly widths: Readonly<Record<TableName, Readonly<Record<string, number>>>>;
  readonly search: TextSearch;
  /** Of the recording that was shown last: what is expanded, by names, so that it holds in another view too. */
  readonly recording: { readonly id: string; readonly down: ExpandedNames | null; readonly up: ExpandedNames | null };
}

export interface KeptSort {
  readonly column: SortColumn;
  readonly isDescending: boolean;
}

const SORT_COLUMNS = ['self', 'total', 'name', 'place', 'module'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

export const FRESH_STATE: KeptState = {
  table: 'top',
  by: 'function',
  sort: {
    top: { column: 'self', isDescending: true },
    down: { column: 'total', isDescending: true },
    up: { column: 'total', isDescending: true },
  },
  widths: { top: {}, down: {}, up: {} },
  search: NO_QUERY,
  recording: { id: '', down: null, up: null },
};

/** What was kept, where it is what this version keeps; else a fresh start. */
export function keptState(kept: unknown): KeptState {
  return isKeptState(kept) ? kept : FRESH_STATE;
}

/** The column of a table's head, where rows can be sorted by it. */
export function sortColumn(id: string): SortColumn | undefined {
  return SORT_COLUMNS.find((column) => column === id);
}

const TABLES: readonly unknown[] = ['top', 'down', 'up'];

function isKeptState(kept: unknown): kept is KeptState {
  if (!isRecord(kept)) return false;
  const { table, by, sort, widths, search, recording } = kept;
  return (
    TABLES.includes(table) &&
    GROUPINGS.some((grouping) => grouping === by) &&
    isByTable(sort, isSort) &&
    isByTable(widths, (own) => isRecord(own) && Object.values(own).every((width) => Number(width) > 0)) &&
    isQuery(search) &&
    isRecord(recording) &&
    typeof recording.id === 'string' &&
    [recording.down, recording.up].every((names) => names === null || isNames(names))
  );
}

function isByTable(kept: unknown, isOne: (one: unknown) => boolean): boolean {
  return isRecord(kept) && isOne(kept.top) && isOne(kept.down) && isOne(kept.up);
}

function isSort(kept: unknown): boolean {
  return (
    isRecord(kept) && SORT_COLUMNS.some((column) => column === kept.column) && typeof kept.isDescending === 'boolean'
  );
}

function isNames(kept: unknown): boolean {
  return (
    isRecord(kept) &&
    Array.isArray(kept.parent) &&
    Array.isArray(kept.name) &&
    kept.parent.length === kept.name.length &&
    kept.parent.every((at) => Number.isInteger(at)) &&
    kept.name.every((name) => typeof name === 'string')
  );
}
