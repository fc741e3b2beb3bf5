import { isAbsolute, relative } from 'node:path';
import type { Overview } from '../core/profile/queries/overview.ts';
import { formatCount, formatShare } from '../core/units.ts';
import type { Input } from './input.ts';

/** What is known against the data, as `show --json` gives it; `null` is "not known". */
export interface DataQuality {
  readonly lost: number | null;
  readonly brokenStacks: number | null;
  readonly unresolvedShare: number | null;
  readonly workspaceShare: number | null;
}

/** The data quality of a recording, seen from a folder of sources. */
export function dataQuality(input: Input, overview: Overview, folder: string): DataQuality {
  const inFolder = overview.files.filter(({ path }) => isInside(folder, path)).map(({ path }) => path);
  return {
    lost: known(overview.quality.lostSamples),
    brokenStacks: known(overview.quality.brokenStacks),
    unresolvedShare: known(overview.unresolvedShare),
    workspaceShare: known(input.ask('workspaceShare', { view: input.view, files: inFolder })),
  };
}

/** The same in one line, for a person. */
export function qualityLine({ lost, brokenStacks, unresolvedShare, workspaceShare }: DataQuality): string {
  return [
    `${lost === null ? 'not known how many' : formatCount(lost)} samples lost`,
    `${brokenStacks === null ? 'not known how many' : formatCount(brokenStacks)} broken stacks`,
    `${share(unresolvedShare)} without symbols`,
    `${share(workspaceShare)} in this folder's sources`,
  ].join(' · ');
}

const share = (value: number | null) => formatShare(value ?? Number.NaN);
const known = (value: number) => (Number.isFinite(value) ? value : null);

function isInside(folder: string, path: string): boolean {
  if (!isAbsolute(path)) return path !== '';
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
