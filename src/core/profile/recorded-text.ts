import { formatCount } from '../units.ts';
import type { RecordedSamples } from './sample-counts.ts';

/** `18.3 k samples`; `105 entries` where a file adds up what is alike and doesn't say of how many samples, or of none: what was counted. */
export function recordedText(recorded: RecordedSamples, format = formatCount): string {
  return `${format(recorded.samples)} ${wordOf(recorded)}`;
}

/** `18.3 k ↔ 17.9 k samples`. */
export function comparedText(before: RecordedSamples, after: RecordedSamples): string {
  const isAlike = before.hasSampleCount === after.hasSampleCount;
  return `${isAlike ? formatCount(before.samples) : recordedText(before)} ↔ ${recordedText(after)}`;
}

function wordOf({ samples, hasSampleCount }: RecordedSamples): string {
  if (hasSampleCount) return samples === 1 ? 'sample' : 'samples';
  return samples === 1 ? 'entry' : 'entries';
}
