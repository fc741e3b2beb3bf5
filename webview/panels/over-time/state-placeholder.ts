import type { Loading, NothingOpen } from '../../../src/protocol/flame-graph.ts';
import type { TimedRecording } from '../../../src/protocol/over-time.ts';
import { placeholder } from '../../widgets/placeholder.ts';

const ICON = 'graph-line';

/** What stands in the pictures' place while no recording is open. */
export function nothingOpen({ actions }: NothingOpen, onAct: (id: string) => void): HTMLElement {
  return placeholder({
    icon: ICON,
    title: 'No recording is open',
    message: 'Profile a program, or open a profile that there is.',
    actions: actions.map(({ id, title }) => ({ title, run: () => onAct(id) })),
  }).element;
}

/** A recording is being read: `show` says how far that is. */
export function loading({ title, doing, done }: Loading, onCancel: () => void) {
  const made = placeholder({
    icon: ICON,
    title,
    message: doing,
    done,
    actions: [{ title: 'Cancel', run: onCancel }],
  });
  return { element: made.element, title, show: (now: Loading) => made.show(now.doing, now.done) };
}

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

/** Samples are put in order, which may take seconds for a large recording. */
export function puttingInOrder({ title }: TimedRecording): HTMLElement {
  return placeholder({ icon: ICON, title, message: 'Putting the samples in order of time', done: null, actions: [] })
    .element;
}

/** The host or this page has failed. */
export function failure(message: string, onRetry: () => void): HTMLElement {
  return placeholder({
    icon: 'error',
    title: 'The time can’t be shown',
    message,
    actions: [{ title: 'Try Again', run: onRetry }],
  }).element;
}
