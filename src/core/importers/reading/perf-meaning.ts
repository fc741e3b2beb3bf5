import type { ValueType } from '../../profile/profile.ts';

/** What a recording of these events of perf may mislead about, in short sentences. */
export function perfMisleads(values: readonly ValueType[]): readonly string[] {
  const events = values.map(({ type }) => type.replace(/ ?samples$/, '')).filter((event) => event !== '');
  const others = [...new Set(events.filter((event) => !isTimeOnProcessors(event)))];
  const sentences: string[] = [];
  if (events.some(isTimeOnProcessors)) {
    sentences.push(ON_PROCESSORS);
  }
  if (events.length === 0) sentences.push('It does not say which event was sampled.');
  if (others.length > 0) {
    const named = others.slice(0, MOST_NAMED).join(', ') + (others.length > MOST_NAMED ? '…' : '');
    sentences.push(`What counts events (${named}) shows where they happened, not where time went.`);
  }
  return sentences;
}

export const ON_PROCESSORS =
  'It was sampled on processors: time off them, such as waiting for a lock or a disk, is not in it.';

/** Whether an event goes on while code runs, by its name in perf and simpleperf, with a PMU before it and modifiers after. */
export function isTimeOnProcessors(event: string): boolean {
  return RUNNING.test(event);
}

const RUNNING = /^(?:[\w-]+\/)?(?:cpu-clock|task-clock|(?:cpu-|ref-|bus-)?cycles|instructions|slots)(?:[:/].*)?$/;
const MOST_NAMED = 3;
