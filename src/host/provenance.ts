import { whenText } from '../core/date-text.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import { dataQuality } from './data-quality.ts';
import type { OpenRecording } from './open-recording.ts';

/** Where figures come from, on one line: `perf cpu-clock 999 Hz · 12 Nov 14:02 · commit 3f2c1a9 · 2 filters · good data`. */
export function provenance({ overview, recordedAt, git }: OpenRecording, view: View): string {
  const { origin, quality, values } = overview;
  const tool = (origin.producer || origin.format).split(' ')[0];
  const rate = quality.requestedHz > 0 ? ` ${quality.requestedHz} Hz` : '';
  const filters = filtersText(view);
  const parts = [`${tool} ${values[view.value]?.type ?? ''}${rate}`, whenText(recordedAt)];
  if (git?.commit) parts.push(`commit ${git.commit.slice(0, 7)}`);
  if (filters !== '') parts.push(filters);
  parts.push(dataQuality(overview).word);
  return parts.join(' · ');
}

/** `2 filters`; `''` without any. */
export function filtersText({ operations }: View): string {
  if (operations.length === 0) return '';
  return operations.length === 1 ? '1 filter' : `${operations.length} filters`;
}
