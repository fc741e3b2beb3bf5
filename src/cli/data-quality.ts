import { formatCount, formatShare } from '../core/units.ts';
import type { RunQuality } from '../runs/run.ts';

/** The data quality of a recording in one line. */
export function qualityLine({ lost, brokenStacks, unresolvedShare, workspaceShare }: RunQuality): string {
  return [
    `${count(lost)} samples lost`,
    `${count(brokenStacks)} broken stacks`,
    `${share(unresolvedShare)} without symbols`,
    `${share(workspaceShare)} in this folder's sources`,
  ].join(' · ');
}

const count = (value: number | null) => (value === null ? 'not known how many' : formatCount(value));
const share = (value: number | null) => formatShare(value ?? Number.NaN);
