import type { View } from '../../../src/core/profile/queries/query-model.ts';
import { withoutRange } from '../../../src/core/profile/time/view-range.ts';
import { whyNothing } from '../../../src/core/profile/why-nothing.ts';
import type { TimedRecording } from '../../../src/protocol/over-time.ts';
import { placeholder } from '../../widgets/placeholder.ts';

const ICON = 'graph-line';

/** A recording whose samples have no times, or all the same. */
export function noTimes({ title, format }: TimedRecording, samples: number, timeless: number): HTMLElement {
  const why =
    timeless < samples
      ? 'All its samples are of one moment.'
      : `It says how much, not when: ${format === '' ? 'its format' : format} has no times, or the recorder added its samples up before it wrote them.`;
  return placeholder({
    icon: ICON,
    title: `${title} has no time`,
    message: `${why}\nFormats with times: perf.data, perf script, JFR, V8 CPU profiles, Firefox and Chrome traces, speedscope.`,
    actions: [],
  }).element;
}

/** A recording of which nothing that is looked at costs anything, whatever the range. */
export function nothingInView(open: TimedRecording, onLook: (change: Partial<View>) => void): HTMLElement {
  const { values, view } = open;
  const operations = withoutRange(view.operations);
  return placeholder({
    icon: ICON,
    title: `No ${values[view.value].type} in view`,
    message: whyNothing({ ...open, view: { ...view, operations } }),
    actions: [
      ...(operations.length > 0 ? [{ title: 'Remove All Filters', run: () => onLook({ operations: [] }) }] : []),
      ...(view.threads ? [{ title: 'Show All Threads', run: () => onLook({ threads: null }) }] : []),
    ],
  }).element;
}
