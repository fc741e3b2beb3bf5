import { frameKeys, type Grouping, type Key } from './frame-keys.ts';
import { keyTotals } from './key-totals.ts';
import type { Profile } from './profile.ts';
import type { StackWeights } from './stack-weights.ts';

export interface TopRow extends Key {
  readonly self: number;
  readonly total: number;
}

/** Functions, lines, files or modules by cost: highest self first, then highest total, then name. Rows that cost nothing are left out. */
export function topTable(profile: Profile, weights: StackWeights, by: Grouping): readonly TopRow[] {
  const { ofFrame, keys } = frameKeys(profile, by);
  const { self, total } = keyTotals(profile.stacks, weights.self, ofFrame, keys.length);
  const rows: TopRow[] = [];
  for (let key = 0; key < keys.length; key++) {
    if (self[key] !== 0 || total[key] !== 0) rows.push({ ...keys[key], self: self[key], total: total[key] });
  }
  const nameOf = (row: TopRow) => (row.function < 0 ? '' : profile.strings[profile.functions.name[row.function]]);
  return rows.sort(
    (a, b) =>
      Math.abs(b.self) - Math.abs(a.self) ||
      Math.abs(b.total) - Math.abs(a.total) ||
      compare(nameOf(a), nameOf(b)) ||
      a.line - b.line,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
