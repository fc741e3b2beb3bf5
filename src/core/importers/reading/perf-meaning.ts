import type { ValueType } from '../../profile/profile.ts';

/** What a recording of these events of perf may mislead about, in short sentences. */
export function perfMisleads(values: readonly ValueType[]): readonly string[] {
  const events = values.map(({ type }) => type.replace(/ ?samples$/, '')).filter((event) => event !== '');
  const others = [...new Set(events.filter((event) => !RUNNING.test(event)))];
  const sentences: string[] = [];
  if (events.some((event) => RUNNING.test(event))) {
    sentences.push('It was sampled on processors: time off them, such as waiting for a lock or a disk, is not in it.');
  }
  if (others.length > 0) {
    const named = others.slice(0, MOST_NAMED).join(', ') + (others.length > MOST_NAMED ? '…' : '');
    sentences.push(`What counts events (${named}) shows where they happened, not where time went.`);
  }
  return sentences;
}

/** Events that go on while code runs, by their names in perf and simpleperf, with a PMU before them and modifiers after. */
const RUNNING = /^(?:[\w-]+\/)?(?:cpu-clock|task-clock|(?:cpu-|ref-|bus-)?cycles|instructions|slots)(?:[:/].*)?$/;
const MOST_NAMED = 3;
