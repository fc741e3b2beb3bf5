import type { ValueType } from '../../profile/profile.ts';
import { isTimeOnProcessors, ON_PROCESSORS } from '../reading/perf-meaning.ts';

type Period = (ValueType & { readonly amount: number }) | null;

/** What a profile of these values may mislead about, in short sentences: one at least. */
export function mayMislead(values: readonly ValueType[], period: Period): readonly string[] {
  const has = (...types: readonly string[]) => values.some(({ type }) => types.includes(type));
  const sentences: string[] = [];
  if (has('wall', 'time') || period?.type === 'wall' || period?.type === 'wallclock')
    sentences.push('Time is wall-clock time: what waits costs as much as what works.');
  else if (has('cpu') || period?.type === 'cpu' || values.some(({ type }) => isTimeOnProcessors(type)))
    sentences.push(ON_PROCESSORS);
  if (has('alloc_space', 'alloc_objects', 'space', 'objects') && period !== null && period.amount > 1)
    sentences.push(
      `Allocations were sampled, one in ${period.amount} ${period.unit} on average, and scaled up: rare ones may be missing.`,
    );
  if (has('delay') && has('contentions'))
    sentences.push('Time is time of waiting, added up over all that waited: it may be more than passed by the clock.');
  if (has('inuse_space', 'inuse_objects'))
    sentences.push('Memory in use is what had not been freed at the last collection.');
  if (has('goroutine')) sentences.push(AT_ONE_MOMENT);
  if (has('thread', 'threadcreate')) sentences.push('Threads are counted, not what they do or how long they run.');
  if (sentences.length === 0) sentences.push('It does not say how this was measured, by samples or by counting.');
  return sentences;
}

export const AT_ONE_MOMENT = 'Goroutines are counted at one moment: what costs most may be what waits.';

/** How often a sample was to be taken, where it was after equal times; NaN where it wasn't. */
export function requestedHz(period: Period): number {
  if (period === null || !(period.amount > 0)) return Number.NaN;
  const perSecond = PER_SECOND.get(period.unit);
  return perSecond === undefined ? Number.NaN : perSecond / period.amount;
}

const PER_SECOND = new Map([
  ['nanoseconds', 1e9],
  ['microseconds', 1e6],
  ['milliseconds', 1e3],
]);
