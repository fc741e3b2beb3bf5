import type { Cost, DiffRow } from '../core/profile/diff/diff-top.ts';
import type { Normalisation } from '../core/profile/diff/normalisation.ts';
import { isChanceKnown, rowMargin } from '../core/profile/diff/poisson-interval.ts';
import type { Diff } from '../core/profile/diff.ts';
import type { Grouping } from '../core/profile/frame-keys.ts';
import { modulePath } from '../core/profile/queries/function-place.ts';
import { formatAmount } from '../core/units.ts';
import { textTable } from './text-table.ts';

/** A table of changes for a person, headed by what is compared and how. */
export function diffText(
  found: Diff,
  normalise: Normalisation,
  by: Grouping,
  rows: readonly DiffRow[],
  rowCount: number,
): string {
  const { value, before, after } = found;
  const amount = (weight: number) => formatAmount(weight, value.unit);
  const isCount = isChanceKnown(found);
  const cells = (row: DiffRow, of: keyof Cost) => [
    changeText(row.change[of], amount) + (isCount ? ` ±${amount(rowMargin(found, row, of)).trim()}` : ''),
    shareText(row.before[of], row.after[of]),
    `${amount(row.before[of])} → ${amount(row.after[of])}`,
  ];
  const table = rows.map((row) => [...cells(row, 'self'), ...cells(row, 'total'), placeText(found, row, by)]);
  const head = ['self', '', '', 'total', '', '', by];
  const whole = `${changeText(after.total - before.total, amount)} ${shareText(before.total, after.total)}`;
  const lines = [
    `${value.type}: ${amount(before.total)} → ${amount(after.total)} in all  ${whole}${SCALED[normalise](found)}\n`,
    textTable([head, ...table], [true, true, true, true, true, true, false]),
  ];
  if (rows.length < rowCount) lines.push(`… and ${rowCount - rows.length} more; --limit shows them.\n`);
  if (isCount)
    lines.push('± is the 95 % Poisson interval of a difference of counts: what sampling alone may be off by.\n');
  lines.push('One recording of each: what differs from run to run is not known from them.\n');
  return lines.join('');
}

const SCALED: Record<Normalisation, (found: Diff) => string> = {
  nothing: () => '',
  total: ({ scale }) => `  (after × ${digits(scale.after)}, to the same weight)`,
  samples: ({ scale }) => `  (after × ${digits(scale.after)}, to as many samples)`,
  duration: () => '  (per second)',
  requests: ({ scale }) => `  (per ${scale.per.slice(1)})`,
};

/** `▲ +12 ms`, `▼ −3.1 ms`, `0 ms`. */
function changeText(change: number, amount: (weight: number) => string): string {
  if (change === 0) return amount(0);
  return change > 0 ? `▲ +${amount(change)}` : `▼ ${amount(change)}`;
}

/** The change in percent of what there was: `+12 %`, `−3.1 %`; `new` and `gone` where one side has none. */
function shareText(before: number, after: number): string {
  if (before === after) return '';
  if (before === 0) return 'new';
  if (after === 0) return 'gone';
  const percent = ((after - before) / Math.abs(before)) * 100;
  const size = Math.abs(percent);
  const text = size < 0.1 ? '<0.1' : digits(size);
  return `${percent > 0 ? '+' : '−'}${text} %`;
}

function digits(amount: number): string {
  return Number(amount.toPrecision(3)).toString();
}

function placeText({ profile }: Diff, row: DiffRow, by: Grouping): string {
  const { strings, functions } = profile;
  const file = strings[row.file];
  const module = modulePath(profile, row.module);
  if (by === 'file') return file === '' ? '(no source known)' : file;
  if (by === 'module') return module === '' ? '(no module known)' : module;
  const place =
    file === '' ? `[${module === '' ? 'no module known' : module}]` : `${file}${row.line > 0 ? `:${row.line}` : ''}`;
  return `${row.function < 0 ? '' : strings[functions.name[row.function]]}  ${place}`;
}
