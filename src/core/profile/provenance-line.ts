import { whenText } from '../date-text.ts';
import { plural } from '../units.ts';
import { dataQuality } from './data-quality.ts';
import type { Overview } from './queries/overview.ts';
import type { View } from './queries/query-model.ts';

/** What is known of a recording beside what is in its file. */
export interface Circumstances {
  readonly recordedAt?: Date;
  /** Commit of its sources. */
  readonly commit?: string;
}

/** Where figures come from, on one line: `perf cpu-clock 999 Hz · 12 Nov 14:02 · commit 3f2c1a9 · 2 filters · good data`. */
export function provenanceLine(overview: Overview, view: View, { recordedAt, commit }: Circumstances): string {
  const { origin, quality, values } = overview;
  const tool = (origin.producer || origin.format).split(' ')[0];
  const rate = quality.requestedHz > 0 ? ` ${quality.requestedHz} Hz` : '';
  const parts = [`${tool} ${values[view.value]?.type ?? ''}${rate}`];
  if (recordedAt) parts.push(whenText(recordedAt));
  if (commit) parts.push(`commit ${commit.slice(0, 7)}`);
  const filters = filtersText(view);
  if (filters !== '') parts.push(filters);
  parts.push(dataQuality(overview).word);
  return parts.join(' · ');
}

/** `2 filters`; `''` without any. */
export function filtersText({ operations }: View): string {
  if (operations.length === 0) return '';
  return `${operations.length} ${plural(operations.length, 'filter')}`;
}
