import { formatCounted, formatShare, plural } from '../core/units.ts';
import type { RunQuality } from '../runs/run.ts';

/** The data quality of a recording in one line. */
export function qualityLine({ lost, brokenStacks, unresolvedShare, workspaceShare }: RunQuality): string {
  return [
    `${count(lost, 'sample')} lost`,
    count(brokenStacks, 'broken stack'),
    `${share(unresolvedShare)} without symbols`,
    `${share(workspaceShare)} in this folder's sources`,
  ].join(' · ');
}

const count = (value: number | null, word: string) =>
  value === null ? `not known how many ${plural(Number.NaN, word)}` : formatCounted(value, word);
const share = (value: number | null) => formatShare(value ?? Number.NaN);
