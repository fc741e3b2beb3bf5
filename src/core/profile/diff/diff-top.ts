import type { Diff } from '../diff.ts';
import { frameKeys, type Grouping, type Key } from '../frame-keys.ts';
import { keyTotals } from '../key-totals.ts';

/** Self and total of one thing. */
export interface Cost {
  readonly self: number;
  readonly total: number;
}

/** What a function, line, file or module costs before and after. */
export interface DiffRow extends Key {
  readonly before: Cost;
  readonly after: Cost;
  /** After less before. */
  readonly change: Cost;
}

/** Everything that costs something before or after, the largest change first, rises and falls alike. */
export function diffTop(
  { profile, before, after }: Diff,
  by: Grouping,
  order: 'self' | 'total' = 'self',
): readonly DiffRow[] {
  const { ofFrame, keys } = frameKeys(profile, by);
  const old = keyTotals(profile.stacks, before.self, ofFrame, keys.length);
  const now = keyTotals(profile.stacks, after.self, ofFrame, keys.length);
  const rows: DiffRow[] = [];
  for (const [at, key] of keys.entries()) {
    const [was, is] = [
      { self: old.self[at], total: old.total[at] },
      { self: now.self[at], total: now.total[at] },
    ];
    if (was.self === 0 && was.total === 0 && is.self === 0 && is.total === 0) continue;
    rows.push({ ...key, before: was, after: is, change: { self: is.self - was.self, total: is.total - was.total } });
  }
  const other = order === 'self' ? 'total' : 'self';
  const size = (row: DiffRow, of: 'self' | 'total') => Math.abs(row.change[of]);
  return rows.sort(
    (a, b) => size(b, order) - size(a, order) || size(b, other) - size(a, other) || b.after.total - a.after.total,
  );
}
