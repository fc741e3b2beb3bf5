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

export function nothingInView(type: string, onAllThreads: (() => void) | undefined): HTMLElement {
  return placeholder({
    icon: ICON,
    title: `No ${type} in view`,
    message: 'The threads, the value or the operations that are looked at leave no cost. Choose others.',
    actions: onAllThreads ? [{ title: 'Show All Threads', run: onAllThreads }] : [],
  }).element;
}
